/**
 * Clients of the services for browsers, over gRPC-web.
 *
 * Messages, enums and services are generated from the contract; import them by their file, for example
 * `@sanben/client/sanben/ledger/v1/case`.
 */
import { type Client, Code, ConnectError, type Interceptor, createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";

import { BadRequestSchema, ErrorInfoSchema, LocalizedMessageSchema } from "../gen/google/rpc/error_details_pb.js";
import { ReceiptService } from "../gen/sanben/intake/v1/receipt_service_pb.js";
import { DeskService } from "../gen/sanben/intake/v1/desk_service_pb.js";
import { VaultService } from "../gen/sanben/intake/v1/vault_service_pb.js";
import { UnitService } from "../gen/sanben/intake/v1/unit_service_pb.js";
import { CaseService } from "../gen/sanben/ledger/v1/case_service_pb.js";
import { CaseDirectionService } from "../gen/sanben/ledger/v1/case_direction_service_pb.js";
import { CaseHandlingService } from "../gen/sanben/ledger/v1/case_handling_service_pb.js";
import { CoHandlingService } from "../gen/sanben/ledger/v1/co_handling_service_pb.js";
import { PaperService } from "../gen/sanben/ledger/v1/paper_service_pb.js";
import { DeadlineService } from "../gen/sanben/ledger/v1/deadline_service_pb.js";
import { CalendarService } from "../gen/sanben/ledger/v1/calendar_service_pb.js";
import { DutyService } from "../gen/sanben/ledger/v1/duty_service_pb.js";
import { DriveService } from "../gen/sanben/ledger/v1/drive_service_pb.js";
import { ProblemService } from "../gen/sanben/ledger/v1/problem_service_pb.js";
import { ChecklistService } from "../gen/sanben/ledger/v1/checklist_service_pb.js";
import { PraiseService } from "../gen/sanben/ledger/v1/praise_service_pb.js";
import { FigureService } from "../gen/sanben/ledger/v1/figure_service_pb.js";
import { PairService } from "../gen/sanben/liaison/v1/pair_service_pb.js";
import { VisitService } from "../gen/sanben/liaison/v1/visit_service_pb.js";
import { MeetingService } from "../gen/sanben/meeting/v1/meeting_service_pb.js";
import { SuggestionService } from "../gen/sanben/meeting/v1/suggestion_service_pb.js";
import { NoticeService } from "../gen/sanben/notification/v1/notice_service_pb.js";

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

/** One client a gRPC service, named by the thing or by who calls it. What only the suite itself calls is not here. */
export interface Sanben {
  receipts: Client<typeof ReceiptService>;
  desk: Client<typeof DeskService>;
  vault: Client<typeof VaultService>;
  units: Client<typeof UnitService>;
  cases: Client<typeof CaseService>;
  direction: Client<typeof CaseDirectionService>;
  handling: Client<typeof CaseHandlingService>;
  coHandling: Client<typeof CoHandlingService>;
  papers: Client<typeof PaperService>;
  deadlines: Client<typeof DeadlineService>;
  calendar: Client<typeof CalendarService>;
  duties: Client<typeof DutyService>;
  drives: Client<typeof DriveService>;
  problems: Client<typeof ProblemService>;
  checklists: Client<typeof ChecklistService>;
  praises: Client<typeof PraiseService>;
  figures: Client<typeof FigureService>;
  pairs: Client<typeof PairService>;
  visits: Client<typeof VisitService>;
  meetings: Client<typeof MeetingService>;
  suggestions: Client<typeof SuggestionService>;
  notices: Client<typeof NoticeService>;
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
    receipts: createClient(ReceiptService, transport),
    desk: createClient(DeskService, transport),
    vault: createClient(VaultService, transport),
    units: createClient(UnitService, transport),
    cases: createClient(CaseService, transport),
    direction: createClient(CaseDirectionService, transport),
    handling: createClient(CaseHandlingService, transport),
    coHandling: createClient(CoHandlingService, transport),
    papers: createClient(PaperService, transport),
    deadlines: createClient(DeadlineService, transport),
    calendar: createClient(CalendarService, transport),
    duties: createClient(DutyService, transport),
    drives: createClient(DriveService, transport),
    problems: createClient(ProblemService, transport),
    checklists: createClient(ChecklistService, transport),
    praises: createClient(PraiseService, transport),
    figures: createClient(FigureService, transport),
    pairs: createClient(PairService, transport),
    visits: createClient(VisitService, transport),
    meetings: createClient(MeetingService, transport),
    suggestions: createClient(SuggestionService, transport),
    notices: createClient(NoticeService, transport),
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
