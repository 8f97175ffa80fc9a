"""A complaint from the first word to the archive, by somebody who has nothing but this contract.

Generate the client and run it against a suite that was started with --dev-issuer (proto/README.md says how):

    pip install grpcio-tools grpcio-status grpcio-health-checking grpcio-reflection
    mkdir -p client && python3 -m grpc_tools.protoc -I proto --python_out=client --grpc_python_out=client $(find proto -name '*.proto')
    PYTHONPATH=client python3 proto/examples/complaint.py 127.0.0.1:8080
"""

import subprocess
import sys
import time
import uuid

import grpc
from google.protobuf.descriptor_pool import DescriptorPool
from google.rpc import error_details_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase
from grpc_status import rpc_status

from sanben.intake.v1 import desk_service_pb2
from sanben.intake.v1 import desk_service_pb2_grpc
from sanben.intake.v1 import proposal_pb2
from sanben.intake.v1 import receipt_service_pb2
from sanben.intake.v1 import receipt_service_pb2_grpc
from sanben.intake.v1 import submission_pb2
from sanben.intake.v1 import vault_service_pb2
from sanben.intake.v1 import vault_service_pb2_grpc
from sanben.ledger.v1 import case_direction_service_pb2
from sanben.ledger.v1 import case_direction_service_pb2_grpc
from sanben.ledger.v1 import case_handling_service_pb2
from sanben.ledger.v1 import case_handling_service_pb2_grpc
from sanben.ledger.v1 import case_pb2
from sanben.ledger.v1 import case_service_pb2
from sanben.ledger.v1 import case_service_pb2_grpc
from sanben.notification.v1 import notice_service_pb2
from sanben.notification.v1 import notice_service_pb2_grpc
from sanben.type.v1 import public_step_pb2
from sanben.type.v1 import types_pb2

TIMEOUT_SECS = 20
STATION = "lianhu-beiyuanmen"
REPLY = "您反映的情况属实，已批评教育并公示一次性告知清单。"


class Somebody:
    """The services, called as a person of a unit in one role, or as nobody in particular."""

    def __init__(self, channel, role="", person="", unit="lianhu"):
        self.metadata = [("accept-language", "en")]
        if role:
            mint = ["sanben", "token", "--role", role, "--person", person, "--unit", unit]
            token = subprocess.run(mint, check=True, capture_output=True, text=True).stdout.strip()
            self.metadata.append(("authorization", f"Bearer {token}"))
        self.receipts = receipt_service_pb2_grpc.ReceiptServiceStub(channel)
        self.desk = desk_service_pb2_grpc.DeskServiceStub(channel)
        self.vault = vault_service_pb2_grpc.VaultServiceStub(channel)
        self.cases = case_service_pb2_grpc.CaseServiceStub(channel)
        self.direction = case_direction_service_pb2_grpc.CaseDirectionServiceStub(channel)
        self.handling = case_handling_service_pb2_grpc.CaseHandlingServiceStub(channel)
        self.notices = notice_service_pb2_grpc.NoticeServiceStub(channel)

    def call(self, method, request):
        if "request_id" in request.DESCRIPTOR.fields_by_name:
            request.request_id = str(uuid.uuid4())
        return method(request, metadata=self.metadata, timeout=TIMEOUT_SECS)

    def refused(self, method, request):
        """The typed reason of what must be refused."""
        try:
            self.call(method, request)
        except grpc.RpcError as error:
            for detail in rpc_status.from_call(error).details:
                if detail.Is(error_details_pb2.ErrorInfo.DESCRIPTOR):
                    info = error_details_pb2.ErrorInfo()
                    detail.Unpack(info)
                    return f"{info.domain} {info.reason}"
            raise
        raise SystemExit(f"{type(request).__name__} was answered and should not have been")


def expect(what, holds):
    if not holds:
        raise SystemExit(f"expected {what}")
    print(f"ok: {what}")


def wait_for(what, look):
    """Other services hear of something a moment later."""
    until = time.monotonic() + TIMEOUT_SECS
    while time.monotonic() < until:
        found = look()
        if found:
            print(f"ok: {what}")
            return found
        time.sleep(0.05)
    raise SystemExit(f"expected {what} within {TIMEOUT_SECS} s")


def look_around(channel):
    """Health and reflection, by the standard clients."""
    health = health_pb2_grpc.HealthStub(channel)
    for name in ["", "live", "ready"]:
        status = health.Check(health_pb2.HealthCheckRequest(service=name), timeout=TIMEOUT_SECS).status
        expect(f"health of {name!r} to be SERVING", status == health_pb2.HealthCheckResponse.SERVING)
    pool = DescriptorPool(ProtoReflectionDescriptorDatabase(channel))
    service = pool.FindServiceByName("sanben.intake.v1.ReceiptService")
    expect("the service by reflection", "CreateSubmission" in [method.name for method in service.methods])
    details = pool.FindMessageTypeByName("google.rpc.ErrorInfo")
    expect("the details of errors by reflection", "reason" in details.fields_by_name)


def main(address):
    channel = grpc.insecure_channel(address)
    look_around(channel)
    citizen = Somebody(channel)
    desk = Somebody(channel, "desk-officer", "p-lianhu-desk")
    chief = Somebody(channel, "chief", "p-lianhu-chief")
    handler = Somebody(channel, "handler", "p-lianhu-handler")
    second = Somebody(channel, "handler", "p-lianhu-handler-2")
    office = Somebody(channel, "office", "p-lianhu-office")
    leader = Somebody(channel, "leader-in-charge", "p-lianhu-leader")
    accused = Somebody(channel, "chief", f"p-{STATION}-chief", STATION)

    # Said, without a name.
    said = citizen.call(
        citizen.receipts.CreateSubmission,
        receipt_service_pb2.CreateSubmissionRequest(
            kind=submission_pb2.SUBMISSION_KIND_COMPLAINT,
            channel=types_pb2.CHANNEL_ONLINE,
            unit_id=STATION,
            text="材料齐全，窗口却让我跑了三趟。",
        ),
    )
    expect("a receipt code", len(said.receipt_code) == 19)

    # Read and proposed by the desk above the one complained about.
    words = desk.call(desk.vault.ReadWords, vault_service_pb2.ReadWordsRequest(submission_id=said.submission_id, purpose="triage"))
    expect("the words as they were said", words.text.startswith("材料齐全"))
    proposal = proposal_pb2.Proposal(
        book=types_pb2.BOOK_COMPLAINT,
        track=types_pb2.TRACK_ACCUSATION,
        title="窗口多次往返",
        summary="反映窗口要求多次往返。",
        lead_unit_id="lianhu",
        accused_unit_ids=[STATION],
    )
    propose = desk_service_pb2.ProposeSubmissionRequest(submission_id=said.submission_id, proposal=proposal)
    desk.call(desk.desk.ProposeSubmission, propose)
    expect("a second proposal to be refused", desk.refused(desk.desk.ProposeSubmission, propose) == "sanben.intake NOT_IN_TRIAGE")
    look = desk_service_pb2.GetSubmissionRequest(submission_id=said.submission_id)
    case_id = wait_for("a case", lambda: desk.call(desk.desk.GetSubmission, look).submission.case_id)

    # Whoever is complained about finds nothing.
    reason = accused.refused(accused.cases.GetCase, case_service_pb2.GetCaseRequest(case_id=case_id))
    expect("the one complained about to find nothing", reason == "sanben NOT_FOUND")

    # Registered, handled, reviewed by three, answered.
    number = chief.call(chief.direction.RegisterCase, case_direction_service_pb2.RegisterCaseRequest(case_id=case_id)).case.number
    expect(f"a number: {number}", number.startswith("投"))
    chief.call(chief.direction.AssignCase, case_direction_service_pb2.AssignCaseRequest(case_id=case_id, instruction="请核实并反馈。"))
    handler.call(handler.handling.UndertakeCase, case_handling_service_pb2.UndertakeCaseRequest(case_id=case_id))
    report = case_handling_service_pb2.ReportBackOnCaseRequest(
        case_id=case_id, report_text="属实，已整改。", reply_text=REPLY, outcome=types_pb2.OUTCOME_SUPPORTED
    )
    handler.call(handler.handling.ReportBackOnCase, report)
    review = case_handling_service_pb2.ReviewReplyRequest(
        case_id=case_id, approve=True, policy_correct=True, opinion_fitting=True, rectified=True
    )
    for reviewer in [second, office, leader]:
        reviewer.call(reviewer.handling.ReviewReply, review)
    handler.call(handler.handling.ReplyToCase, case_handling_service_pb2.ReplyToCaseRequest(case_id=case_id))

    # Read and judged with nothing but the code.
    lookup = receipt_service_pb2.GetReceiptRequest(receipt_code=said.receipt_code)
    receipt = citizen.call(citizen.receipts.GetReceipt, lookup).receipt
    expect("the reply as it was reviewed", receipt.reply.text == REPLY and receipt.reply.round == 1)
    verdict = receipt_service_pb2.GiveVerdictRequest(
        receipt_code=said.receipt_code, round=receipt.reply.round, verdict=types_pb2.VERDICT_SATISFIED
    )
    citizen.call(citizen.receipts.GiveVerdict, verdict)
    expect("a second verdict to be refused", citizen.refused(citizen.receipts.GiveVerdict, verdict) == "sanben.ledger VERDICT_TWICE")

    # The three ones, the strike-off, the archive.
    ground = case_handling_service_pb2.RecordPublicationRequest(case_id=case_id, published=False, ground="涉及个人信息，依法不予公开。")
    office.call(office.handling.RecordPublication, ground)
    finding = case_handling_service_pb2.ExamineAccountabilityRequest(case_id=case_id, finding="已批评教育，无须另行追责。")
    office.call(office.handling.ExamineAccountability, finding)
    struck_off = chief.call(chief.direction.StrikeOffCase, case_direction_service_pb2.StrikeOffCaseRequest(case_id=case_id)).case
    expect("the first door", struck_off.door == case_pb2.DOOR_CONFIRMED)
    office.call(office.handling.ArchiveCase, case_handling_service_pb2.ArchiveCaseRequest(case_id=case_id))
    archived = public_step_pb2.PUBLIC_STEP_ARCHIVED
    wait_for(
        "the archive on the receipt",
        lambda: archived in [step.step for step in citizen.call(citizen.receipts.GetReceipt, lookup).receipt.steps],
    )

    # A stream: what the person was told, from the first notice on. A sealed matter is not told of, only that there is news.
    request = notice_service_pb2.WatchNoticesRequest(receipt_code=said.receipt_code)
    stream = citizen.notices.WatchNotices(request, metadata=citizen.metadata, timeout=TIMEOUT_SECS)
    keys = set()
    for response in stream:
        if response.HasField("notice"):
            keys.add(response.notice.key)
            break
    stream.cancel()
    expect("a notice that exposes nothing", keys == {"step-sealed"})


if __name__ == "__main__":
    main(sys.argv[1])
