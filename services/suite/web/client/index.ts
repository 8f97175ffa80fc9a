/**
 * Clients of the five services for browsers, over gRPC-web.
 *
 * Messages, enums and services are generated from the contract; import them by their file, for example
 * `@sanben/client/sanben/ledger/v1/case`.
 */
import { type Client, Code, ConnectError, type Interceptor, createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";

import { BadRequestSchema, ErrorInfoSchema, LocalizedMessageSchema } from "../gen/google/rpc/error_details_pb.js";
import { IntakeService } from "../gen/sanben/intake/v1/intake_service_pb.js";
import { LedgerService } from "../gen/sanben/ledger/v1/ledger_service_pb.js";
import { LiaisonService } from "../gen/sanben/liaison/v1/liaison_service_pb.js";
import { MeetingService } from "../gen/sanben/meeting/v1/meeting_service_pb.js";
import { NotificationService } from "../gen/sanben/notification/v1/notification_service_pb.js";

export { Code, ConnectError };
export { type Following, type Link, follow } from "./follow.js";

/** A good timeout of unary calls; streams have none. */
export const TIMEOUT_MS = 20_000;

/** How to reach the suite. */
export interface Options {
  /** Where it listens, for example `https://sanben.example`. */
  at: string;
  /** The language of answers. */
  language: "zh-CN" | "en";
  /** Who is calling; leave out to call as nobody in particular. */
  token?: string;
}

/** The five services. */
export interface Sanben {
  intake: Client<typeof IntakeService>;
  ledger: Client<typeof LedgerService>;
  liaison: Client<typeof LiaisonService>;
  meeting: Client<typeof MeetingService>;
  notification: Client<typeof NotificationService>;
}

/** Clients that call as somebody and in a language. Nothing is sent before the first call. */
export function connect(options: Options): Sanben {
  const identify: Interceptor = (next) => (request) => {
    request.header.set("accept-language", options.language);
    if (options.token) {
      request.header.set("authorization", `Bearer ${options.token}`);
    }
    return next(request);
  };
  const transport = createGrpcWebTransport({ baseUrl: options.at, interceptors: [identify] });
  return {
    intake: createClient(IntakeService, transport),
    ledger: createClient(LedgerService, transport),
    liaison: createClient(LiaisonService, transport),
    meeting: createClient(MeetingService, transport),
    notification: createClient(NotificationService, transport),
  };
}

/** Why a call failed, as far as the suite said so. */
export interface Refusal {
  code: Code;
  /** `sanben.ledger` and so on; empty when something between answered, or nobody. */
  domain: string;
  /** What to branch on. */
  reason: string;
  /** A sentence in the language asked for; empty when the suite did not answer. */
  text: string;
  /** Every wrong field with its path. */
  fields: { path: string; problem: string }[];
  /** Facts that help. */
  metadata: Record<string, string>;
  /** Whether to repeat it, with the same request id. */
  again: boolean;
}

/** Reads the typed details of an error. */
export function refusal(error: unknown): Refusal {
  const failed = ConnectError.from(error);
  const info = failed.findDetails(ErrorInfoSchema)[0];
  const bad = failed.findDetails(BadRequestSchema)[0];
  return {
    code: failed.code,
    domain: info?.domain ?? "",
    reason: info?.reason ?? "",
    text: failed.findDetails(LocalizedMessageSchema)[0]?.message ?? "",
    fields: (bad?.fieldViolations ?? []).map((one) => ({ path: one.field, problem: one.description })),
    metadata: info?.metadata ?? {},
    again: [Code.Unavailable, Code.DeadlineExceeded, Code.ResourceExhausted, Code.Unknown].includes(failed.code),
  };
}

/** A random request id (UUIDv4, RFC 9562); also where `crypto.randomUUID` is missing because the page came without TLS. */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
