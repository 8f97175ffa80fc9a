// Uses the page as people do, in headless Chromium: from the suite's own origin and from another one.
//   node test/page.mjs <address of the suite> <its data folder> <path of chromium> [folder for screenshots]
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { createRequire } from "node:module";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { chromium } from "playwright-core";
import { connect } from "../lib/client/index.js";
import { CaseVerb } from "../lib/gen/sanben/ledger/v1/case_verb_pb.js";
import { ClockKind, Colour } from "../lib/gen/sanben/ledger/v1/clock_pb.js";
import { CaseDraftSchema, DraftKind, DraftState, Rung } from "../lib/gen/sanben/ledger/v1/draft_pb.js";
import { DutyKind } from "../lib/gen/sanben/ledger/v1/duty_pb.js";
import { CaseService } from "../lib/gen/sanben/ledger/v1/case_service_pb.js";
import { DutyService } from "../lib/gen/sanben/ledger/v1/duty_service_pb.js";
import { PaperService } from "../lib/gen/sanben/ledger/v1/paper_service_pb.js";

const [at, data, executablePath, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"];
const TITLE = "窗口多次往返";
const STATION = "北院门派出所";
const WORDS = "材料齐全，窗口却让我跑了三趟。";
const REPLY = "您反映的情况属实，已批评教育并公示一次性告知清单。";

const browser = await chromium.launch({ executablePath, args: FLAGS, headless: true });
const done = (what) => console.log(`ok: ${what}`);

const people = [];

/** When something is waited for in vain: what everybody sees at that moment. */
process.on("uncaughtException", async (error) => {
  console.error(error);
  for (const page of people) {
    const body = page.isClosed() ? "" : await page.locator("body").innerText({ timeout: 2_000 }).catch(String);
    body && console.error(`--- ${page.url()}\n${body}`);
  }
  process.exit(1);
});

async function person(locale = "zh-CN", width = 1280) {
  const context = await browser.newContext({ locale, viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => assert.fail(error));
  people.push(page);
  return page;
}

/** Every text there, no serious fault for those who use a screen reader or the keyboard, and nothing wider than the window. */
async function accessible(page, what) {
  const read = await page.locator("body").innerText();
  assert.doesNotMatch(read, /\b[a-z]+-[A-Z][A-Za-z_]+/, `${what} shows a key that has no text`);
  await page.evaluate(axe);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    const { violations } = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
    assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`), [], `${what} at ${width}`);
    const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= seen, `${what} is ${wide} wide at ${width}`);
    if (shots) {
      await page.screenshot({ path: `${shots}/${what}-${width}.png`, fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

function token(role, who, unit = "lianhu") {
  const mint = ["token", "--data", data, "--role", role, "--person", `p-${unit}-${who}`, "--unit", unit];
  return execFileSync("sanben", mint, { encoding: "utf8" }).trim();
}

async function officer(role, who, unit, locale) {
  const page = await person(locale);
  await page.goto(`${at}/#/desk`);
  await page.locator("[data-path=token]").fill(token(role, who, unit));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator("[data-duties] h2").waitFor();
  return page;
}

/** Opens the one case that is theirs to do, and gives a verb. Whoever is told that the case has changed since they saw it looks, and sends again. */
async function act(page, verb, fill = async () => {}) {
  if ((await page.locator("[data-case]").count()) === 0) {
    await page.locator("[data-duties] li button").filter({ hasText: TITLE }).first().click();
  }
  await page.locator("[data-acts]").getByRole("button", { name: verb, exact: true }).first().click();
  const form = page.locator("[data-verb]");
  await fill(form);
  const stale = form.locator(".problem").filter({ hasText: "STALE_ETAG" });
  const until = Date.now() + 20_000;
  do {
    assert.ok(Date.now() < until, `${verb}: it never sees the case as it is`);
    await form.getByRole("button", { name: verb, exact: true }).click();
    await page.locator("[data-verb][aria-busy]").waitFor({ state: "detached" });
  } while ((await stale.count()) > 0);
}

/** Answers a method as the suite would: what it takes weeks to come to. `answer` has the request; without an answer it waits for ever. */
async function instead(page, { parent, name, input, output }, answer) {
  const frame = (flag, bytes) => {
    const head = Buffer.alloc(5);
    head.writeUInt8(flag);
    head.writeUInt32BE(bytes.length, 1);
    return Buffer.concat([head, bytes]);
  };
  await page.route(`**/${parent.typeName}/${name}`, async (route) => {
    const posted = route.request().postDataBuffer();
    const said = posted && answer(fromBinary(input, posted.subarray(5)));
    if (said) {
      const body = Buffer.concat([frame(0, toBinary(output, create(output, said))), frame(0x80, Buffer.from("grpc-status: 0\r\n"))]);
      await route.fulfill({ status: 200, contentType: "application/grpc-web+proto", body });
    }
  });
}

/** Unfolds the list of cases, or looks anew. */
async function find(page, fill = async () => {}) {
  const cases = page.locator("[data-cases]");
  if (!(await cases.evaluate((one) => one.open))) {
    await cases.locator("summary").first().click();
    await cases.locator("[data-filters] summary").click();
    await cases.locator("[data-found] [role=status]").waitFor();
  }
  await fill((name) => cases.locator(`[data-path='filter.${name}']`), cases);
  await cases.locator("[data-find] button").click();
  await cases.locator("form[aria-busy]").waitFor({ state: "detached" });
  return cases;
}

const found = (page, text) => page.locator("[data-found] li").filter({ hasText: text });

const clock = (page, name) => page.locator("li.clock").filter({ hasText: name });

async function state(page, text) {
  await page.locator("[data-case] dd").filter({ hasText: text }).first().waitFor();
}

async function tell(page, kind, text, send, unit) {
  await page.getByLabel(kind, { exact: true }).check();
  await page.locator("[data-path=text]").fill(text);
  if (unit) {
    await page.locator("[data-path=unit_id]").fill(unit);
  }
  await page.getByRole("button", { name: send }).click();
  return page.locator("[data-receipt]").innerText();
}

const citizen = await person();
await citizen.goto(at);
await accessible(citizen, "tell");
await citizen.getByRole("button", { name: "提交" }).click();
await citizen.locator("[data-path=text][aria-invalid=true]").waitFor();
assert.match(await citizen.locator(".problem").innerText(), /INVALID_FIELDS/);
done("an empty form says what is missing, and where");
await citizen.locator("[data-path=text]").fill(WORDS);
await citizen.getByRole("button", { name: "English" }).click();
await citizen.getByRole("button", { name: "中文" }).click();
assert.equal(await citizen.locator("[data-path=text]").inputValue(), WORDS, "what was typed stays when the language changes");
await citizen.locator("datalist option").first().waitFor({ state: "attached" });
await citizen.locator("[data-path='party.email']").fill("nobody-reads-this@example.org");
const code = await tell(citizen, "投诉", WORDS, "提交", STATION);
assert.match(code, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
await accessible(citizen, "received");
await citizen.getByRole("link", { name: "去查询" }).click();
await citizen.locator("[data-shown]").getByText("已收到").waitFor();
await citizen.locator(".live[data-link=live]").waitFor();
done("a complaint from the suite's own origin, its receipt, and its look-up");

const desk = await officer("desk-officer", "desk");
await desk.locator("[data-duties] li").filter({ hasText: "受理分流来件" }).getByText("受理人员办理").waitFor();
await desk.locator("[data-duties] li button").filter({ hasText: "投诉" }).first().click();
await desk.getByRole("button", { name: "查看原话" }).click();
await desk.getByText(WORDS).waitFor();
await desk.locator("summary").filter({ hasText: "提请建账" }).click();
const proposal = desk.locator("form[data-way=propose]");
await proposal.getByLabel("投诉举报").check();
await proposal.locator("select").selectOption({ label: "检举控告" });
await proposal.locator("[data-path='proposal.title']").fill("窗口多次往返");
await proposal.locator("[data-path='proposal.summary']").fill("反映窗口要求多次往返。");
await proposal.locator("[data-path='proposal.lead_unit_id']").fill(STATION);
await proposal.locator("[data-path='proposal.accused_unit_ids']").fill(STATION);
await proposal.getByRole("button", { name: "提请建账" }).click();
await proposal.getByText("LEAD_UNIT_IS_ACCUSED").waitFor();
await proposal.getByText("《信访工作条例》").waitFor();
done("a refused rule, by its typed reason and its article");
await accessible(desk, "triage");
await proposal.locator("[data-path='proposal.lead_unit_id']").fill("莲湖分局");
await proposal.getByRole("button", { name: "提请建账" }).click();
await desk.locator("[data-submission] dd").filter({ hasText: "已提请建账" }).waitFor();

const twin = await person();
await twin.goto(at);
await twin.locator("datalist option").first().waitFor({ state: "attached" });
await tell(twin, "投诉", "我也是，同一个窗口。", "提交", STATION);
await desk.goto(`${at}/#/desk`);
await desk.reload();
await desk.locator("[data-duties] li button").filter({ hasText: "投诉" }).first().click();
await desk.locator("summary").filter({ hasText: "提请建账" }).click();
await proposal.locator("[data-path='proposal.title']").fill("窗口多次往返");
await proposal.locator("[data-path='proposal.summary']").fill("窗口要求多次往返。");
await proposal.locator("[data-path='proposal.lead_unit_id']").fill("莲湖分局");
await proposal.locator("[data-path='proposal.accused_unit_ids']").focus();
await proposal.locator("[data-similar] li").filter({ hasText: "都提到：" }).filter({ hasText: "牵头单位相同" }).waitFor();
await accessible(desk, "similar");
await proposal.getByRole("button", { name: "选为并入对象" }).click();
assert.match(await desk.locator("[data-way=join] select option:checked").innerText(), /窗口多次往返/);
await desk.locator("[data-way=join] select option").first().filter({ hasText: "窗口多次往返" }).waitFor({ state: "attached" });
await desk.locator("form[data-way=join]").getByRole("button", { name: "并案" }).click();
await desk.locator("[data-submission] dd").filter({ hasText: "已并案" }).waitFor();
await twin.getByRole("link", { name: "去查询" }).click();
await twin.locator("[data-shown]").getByText("与同一件事合并办理").waitFor();
await twin.locator("summary").filter({ hasText: "要求单独办理" }).click();
await accessible(twin, "joined");
await twin.locator("form[data-detach]").getByRole("button").click();
await twin.locator("[data-shown] ol").getByText("改为单独办理").waitFor();
done("the desk joins what says the same, and its person has it handled by itself");

const chief = await officer("chief", "chief");
await chief.locator("[data-duties] li button").filter({ hasText: "决定是否建账" }).first().click();
await chief.locator("[data-verb=REGISTER]").waitFor();
assert.equal(await chief.evaluate(() => document.activeElement.textContent), "建账", "a key too many does not give the verb");
await accessible(chief, "duties");
await act(chief, "建账");
await state(chief, "已建账");
await accessible(chief, "case");
await act(chief, "交办", async (form) => {
  await form.locator("[data-path=instruction]").fill("请核实并反馈。");
  await form.locator("[data-path=assisting_unit_ids]").fill("碑林分局");
});
await state(chief, "已交办");

const clearing = await officer("chief", "chief");
await clearing.goto(`${at}/#/programmes`);
await clearing.locator("summary").filter({ hasText: "开展清仓" }).click();
const drive = clearing.locator("form[data-act=open-drive]");
await drive.locator("[data-path=title]").fill("年末清仓");
await drive.locator("[data-path=received_before]").fill("2099-12-01");
await drive.getByRole("button", { name: "开展清仓" }).click();
await drive.locator(".wrong").filter({ hasText: /./ }).first().waitFor();
await drive.locator("[data-path=due_date]").fill("2099-12-31");
await drive.getByRole("button", { name: "开展清仓" }).click();
await clearing.locator("[data-drive]").getByText("共 1 件，未销号 1 件").waitFor();
await accessible(clearing, "programmes");
await clearing.goto(`${at}/#/desk`);
const clear = clearing.locator("[data-duties] li").filter({ hasText: "结束清仓" });
assert.match(await clear.innerText(), /年末清仓[^]*2099-12-31[^]*主官/, "by when, and why it is the chief's");
await clear.locator("button").click();
await clearing.locator("[data-drive] h3:focus").getByText("年末清仓").waitFor();

const finder = await officer("office", "office");
await find(finder, (filter) => filter("states").selectOption({ label: "已交办" }));
await finder.locator("[data-cases] .live[data-link=live]").waitFor();
await found(finder, TITLE).waitFor();

const handler = await officer("handler", "handler");
await act(handler, "承办");
await state(handler, "承办中");

await found(finder, TITLE).waitFor({ state: "detached" });
await find(finder, async (filter, cases) => {
  await filter("states").selectOption({ label: "全部" });
  await filter("colour").selectOption({ label: "红 · 逾期" });
  await filter("unit_id").fill("没有这个单位");
  await cases.locator("[data-find] button").click();
  await cases.locator("[data-path='filter.unit_id'][aria-invalid=true]").waitFor();
  await filter("unit_id").fill("西安市公安局");
});
await finder.locator("[data-found]").getByText("列出 0 件").waitFor();
await find(finder, (filter) => filter("colour").selectOption({ label: "全部" }));
await found(finder, TITLE).getByText("承办中").waitFor();
await accessible(finder, "cases");
await find(handler, (_, cases) => cases.getByLabel("只看我承办的").check());
await found(handler, TITLE).waitFor();
await handler.locator("[data-cases] summary").first().click();
// Each is offered only what can find something for them.
for (const [page, handled, owned] of [[finder, 0, 0], [handler, 1, 0], [chief, 0, 1]]) {
  assert.equal(await page.locator("[data-cases]").getByText("只看我承办的").count(), handled);
  assert.equal(await page.locator("[data-cases]").getByText("只看我包案的").count(), owned);
}
const secretary = await officer("meeting-secretary", "secretary");
assert.equal(await secretary.locator("[data-cases]").count(), 0, "who may read no cases looks for none");
done("cases are found by what is said of them, and what is not so any more goes");

const feedback = handler.locator("[data-duties] li").filter({ hasText: "反馈办理情况" });
await feedback.getByText("您是这件事项的办理人。").waitFor();
assert.match(await feedback.locator("[data-standing]").innerText(), /(绿 · 正常|黄 · 已用七成|红 · 逾期)\s*办结期限 \d{4}-\d\d-\d\d/);
await clock(chief, "办结期限").getByText("绿 · 正常").waitFor();
assert.match(await chief.locator("li.clock").last().innerText(), /异议期\s+权利/, "rights come after duties, and nobody is late with them");
await clock(chief, "办结期限").getByRole("button", { name: "期限从何而来 办结期限" }).click();
const why = chief.locator("[data-why]");
const [due] = (await clock(chief, "办结期限").innerText()).match(/\d{4}-\d\d-\d\d/);
await why.locator("[data-steps] li").filter({ hasText: "60 个自然日" }).waitFor();
await why.locator("[data-steps] li").filter({ hasText: `到期日为 ${due}` }).waitFor();
await why.locator("summary").click();
const whatIf = why.locator("[data-what-if]");
const fields = { more: "what_if.more", from: "what_if.pauses[0].start_time", to: "what_if.pauses[0].end_time" };
const what = (name) => whatIf.locator(`[data-path="${fields[name]}"]`);
await what("more").fill("366");
await whatIf.getByRole("button").click();
await whatIf.locator("[data-path='what_if.more'][aria-invalid=true]").waitFor();
await what("more").fill("10");
await what("from").fill(due);
await whatIf.getByRole("button").click();
await whatIf.locator("[data-path='what_if.pauses[0].end_time'][aria-invalid=true]").waitFor();
await what("to").fill("2000-01-01");
await whatIf.getByRole("button").click();
await whatIf.getByText("必须晚于开始时间").waitFor();
await what("to").fill(due);
await whatIf.getByRole("button").click();
const supposed = why.locator("[data-supposed]");
await supposed.locator("li").filter({ hasText: `${due} 假设暂停计时` }).waitFor();
const [, before, then] = (await supposed.locator("p").innerText()).match(/现在 (\S{10}).*如果这样，(\S{10})/);
assert.ok(before === due && then > due, `${before} and ${then}`);
await accessible(chief, "clocks");
await chief.locator(".clock .colour").evaluateAll((all) => all.forEach((one, n) => (one.dataset.colour = ["YELLOW", "RED", "PAUSED"][n % 3])));
await accessible(chief, "colours");
assert.ok((await clock(chief, "办结期限").innerText()).includes(due), "what would be changes nothing");
await what("more").fill("20");

const english = await officer("handler", "handler", "lianhu", "en-US");
await english.locator("[data-duties] li button").filter({ hasText: "Report back" }).click();
await english.locator("[data-verb=REPORT_BACK]").waitFor();
await clock(english, "Time to finish").getByRole("button", { name: "Why this date? Time to finish" }).click();
await english.locator("[data-steps] li").filter({ hasText: "60 calendar days" }).waitFor();
await english.locator("[data-why] summary").click();
await accessible(english, "clocks-english");
await act(english, "Record the first contact", (form) => form.locator("[data-path=text]").fill("Spoken to by telephone."));
await english.locator("summary").filter({ hasText: "Stopped (1)" }).click();
await clock(english, "Time for the first contact").getByRole("button").waitFor();
await accessible(english, "clocks-stopped");
await english.context().close();

await act(chief, "暂停计时", async (form) => {
  await form.getByRole("button", { name: "暂停计时" }).click();
  await form.locator(".wrong").filter({ hasText: /./ }).first().waitFor();
  await form.getByLabel("鉴定、评估、检测").check();
  await form.locator("[data-path=authority]").fill("鉴定委托书〔2026〕1 号");
  await form.locator("[data-path=reason]").fill("等待鉴定意见。");
});
await clock(chief, "办结期限").getByText("暂停", { exact: true }).waitFor();
await why.locator("[data-steps] li").filter({ hasText: "现在暂停计时" }).waitFor();
assert.equal(await what("more").inputValue(), "20", "what was typed stays when the case changes");
await accessible(chief, "clocks-paused");
await citizen.locator("[data-shown] dd").getByText("暂停计时；如果现在恢复").waitFor();
await act(handler, "恢复计时", (form) => form.locator("[data-path=reason]").fill("已收到鉴定意见。"));
await clock(chief, "办结期限").filter({ hasNotText: "暂停" }).waitFor();
await citizen.locator("[data-shown] li").filter({ hasText: "恢复计时" }).waitFor();
assert.doesNotMatch(await citizen.locator("[data-shown] dl").innerText(), /暂停/);
await handler.locator("details", { hasText: "经过" }).getByText("恢复计时").waitFor({ state: "attached" });
done("the clocks of a case, how a day comes about, what would be, and a clock that stands still and runs again");
for (const unit of ["莲湖分局", "碑林分局"]) {
  await act(chief, "督促", async (form) => {
    await form.locator("[data-path=unit_id]").selectOption({ label: unit });
    await form.locator("[data-path=text]").fill("请尽快报送情况。");
    await form.locator("[data-path=due_date]").fill("2099-12-01");
  });
  await chief.getByText("已完成：督促").waitFor();
}
const answerFor = (unit) => async (form) => {
  await form.locator("select").selectOption({ label: `${unit}，请在 2099-12-01（含当天）以前回复` });
  await form.locator("[data-path=text]").fill("明日报送。");
};
const assistant = await officer("handler", "handler", "beilin");
await act(assistant, "回复督促", answerFor("碑林分局"));
await state(chief, "— 莲湖分局 2099-12-01、✓ 碑林分局 2099-12-01");
await act(handler, "回复督促", answerFor("莲湖分局"));
await state(chief, "✓ 莲湖分局 2099-12-01、✓ 碑林分局 2099-12-01");
await assistant.context().close();
done("of two units that are urged, the second answers for itself");
await act(chief, "制发文书", async (form) => {
  await form.getByLabel("通报", { exact: true }).check();
  await form.locator("[data-path='bulletin.unit_ids']").fill("碑林分局");
  await form.getByRole("button", { name: "制发文书" }).click();
  await form.locator(".wrong").filter({ hasText: /./ }).first().waitFor();
  await form.locator("[data-path='bulletin.text']").fill("报送逾期，予以通报。");
});
await chief.locator("[data-paper=BULLETIN]").getByText("莲湖分局通报〔").waitFor();
await accessible(chief, "paper");
done("a paper is issued, with its number, and what is missing is said beside its field");
const verbs = () => chief.locator("[data-acts] button[data-gives]").allInnerTexts();
const [offered, typed] = [await verbs(), chief.locator("[data-verb=URGE] [data-path=text]")];
await chief.locator("[data-acts]").getByRole("button", { name: "督促", exact: true }).click();
await typed.fill("请尽快");
await act(handler, "反馈", async (form) => {
  await form.locator("[data-path=report_text]").fill("属实，已整改。");
  await form.locator("[data-path=reply_text]").fill(REPLY);
  await form.getByLabel("支持", { exact: true }).check();
});
await state(handler, "审核中");
await state(chief, "审核中");
assert.notDeepEqual(await verbs(), offered, "other verbs are open now");
assert.equal(await typed.inputValue(), "请尽快", "what is being typed stays when the verbs change");
await found(finder, TITLE).getByText("审核中").waitFor();
await find(finder, (filter) => filter("text").fill("多次往返"));
await finder.getByText("按文字查找的结果不会自动更新；").last().waitFor();
await found(finder, TITLE).click();
await finder.locator("[data-case] h2").filter({ hasText: TITLE }).waitFor();
await finder.context().close();
done("another officer watches the case change live");

for (const [role, who] of [["handler", "handler-2"], ["office", "office"], ["leader-in-charge", "leader"]]) {
  const reviewer = await officer(role, who);
  await act(reviewer, "审核", async (form) => {
    if (who === "handler-2") {
      await form.getByRole("button", { name: "审核" }).click();
      await form.getByText("请选择一项。").waitFor();
    }
    await form.getByLabel("通过").check();
    if (who === "handler-2") {
      await form.getByRole("button", { name: "审核" }).click();
      await form.getByText("CRITERIA_NOT_MET").waitFor();
    }
    for (const criterion of ["政策适用准确", "处理意见恰当", "整改到位"]) {
      await form.getByLabel(criterion).check();
    }
  });
  await reviewer.locator("[data-acts]").getByText("现在轮不到您办").waitFor();
  await reviewer.context().close();
}
await act(handler, "送达回复");
await state(handler, "已回复");

await citizen.locator("[data-reply]").getByText(REPLY).waitFor();
await accessible(citizen, "look");
const { receipt } = await connect({ at, language: "zh-CN" }).receipts.getReceipt({ receiptCode: code });
const last = new Date(Number(receipt.reply.verdictDeadline.seconds) * 1000);
const lastDay = new Intl.DateTimeFormat("zh-CN", { dateStyle: "medium", timeZone: "Asia/Shanghai" }).format(last);
await citizen.getByText(`请在 ${lastDay}（含当天）以前评价。`).waitFor();
done("a deadline is shown by its last day, not the one after");
await citizen.locator("[data-judge]").getByLabel("满意", { exact: true }).check();
await citizen.getByRole("button", { name: "提交评价" }).click();
await citizen.getByText("您的评价：满意").waitFor();
done("the citizen sees the reply come, and judges it");

const office = await officer("office", "office");
await act(office, "登记公开情况", async (form) => {
  await form.getByLabel("依法不公开").check();
  await form.locator("[data-path=ground]").fill("涉及个人信息，依法不予公开。");
});
await office.getByText("✓ 一事一公开").waitFor();
await act(office, "登记问责情况", (form) => form.locator("[data-path=finding]").fill("无须追责。"));
await office.getByText("✓ 一事一问责").waitFor();
await act(chief, "销号");
await state(chief, "已销号");
await act(office, "归档");
await clearing.reload();
await clearing.locator("[data-drive]").getByText("未销号 0 件").waitFor();
await clearing.locator("summary").filter({ hasText: "结束清仓" }).click();
await clearing.locator("form[data-act=close-drive]").getByRole("button", { name: "结束清仓" }).click();
await clearing.locator("[data-drive] dd").filter({ hasText: "已归零" }).waitFor();
await clearing.context().close();
done("a backlog drive over a frozen list, closed at zero");

await state(office, "已归档");
await citizen.locator("[data-shown] ol").getByText("已归档").waitFor();
done("the whole matter by hand, from the first word to the archive");

// A front end of another origin, whose way to the suite can be cut.
const cut = new Set();
const { hostname, port } = new URL(at);
const proxy = net.createServer((client) => {
  const server = net.connect(Number(port), hostname);
  for (const [one, other] of [[client, server], [server, client]]) {
    cut.add(one);
    one.on("data", (bytes) => other.write(bytes)).on("close", () => other.destroy()).on("error", () => other.destroy());
  }
});
const listen = (server) => new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
const through = `http://127.0.0.1:${await listen(proxy)}`;
const TYPES = { "/": "text/html", "/app.js": "text/javascript", "/style.css": "text/css" };
const front = http.createServer((request, response) => {
  const path = request.url.split(/[?#]/)[0];
  const file = new URL(`../dist/${path === "/" ? "index.html" : path.slice(1)}`, import.meta.url);
  const text = readFileSync(file, "utf8").replace('data-at=""', `data-at="${through}"`);
  response.writeHead(200, { "content-type": TYPES[path] }).end(text);
});
const other = `http://127.0.0.1:${await listen(front)}`;

const abroad = await person("en-US", 360);
const followed = [];
abroad.on("request", (request) => request.url().endsWith("/WatchNotices") && request.method() === "POST" && followed.push(request));
let named;
const names = new Promise((resolve) => (named = resolve));
await abroad.route("**/ListUnits", (route) => names.then(() => route.continue()));
await abroad.goto(other);
const network = await abroad.context().newCDPSession(abroad);
const slow = { offline: false, latency: 1500, downloadThroughput: 20_000, uploadThroughput: 20_000 };
await network.send("Network.enable");
await network.send("Network.emulateNetworkConditions", slow);
const asked = tell(abroad, "A question", "Where do I register my address?", "Send", "Lianhu Sub-bureau");
await abroad.locator("form[aria-busy=true] button:disabled").waitFor();
named();
await asked;
await network.send("Network.emulateNetworkConditions", { ...slow, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
done("on a slow network one waits and sees it, from another origin, in English, though the names of the units come late");
await abroad.getByRole("link", { name: "Look it up" }).last().click();
await abroad.locator(".live[data-link=live]").waitFor();
for (const socket of cut) {
  socket.destroy();
}
await abroad.locator(".live[data-link=waiting]").waitFor();
await desk.goto(`${at}/#/desk`);
await desk.reload();
await desk.locator("[data-duties] li button").filter({ hasText: "咨询" }).first().click();
await desk.locator("summary").filter({ hasText: "直接答复" }).click();
await desk.locator("form[data-way=answer] textarea").fill("At any police station, within 24 hours.");
await desk.locator("form[data-way=answer] button").click();
await abroad.locator("[data-reply]").getByText("At any police station").waitFor();
await abroad.locator(".live[data-link=live]").waitFor();
const [opened, resumed] = [followed[0], followed.at(-1)].map((request) => request.postDataBuffer().length);
assert.ok(followed.length > 1 && resumed > opened + 20, `from its resume token: ${opened} and ${resumed} bytes`);
done("a stream that was cut goes on, from its resume token");

// What takes weeks to come to is answered here as the suite would answer it.
const byHand = connect({ at, language: "zh-CN", token: token("chief", "chief") });
const { cases: [archived] } = await byHand.cases.listCases({ filter: { text: "多次往返" } });
const draft = { state: DraftState.OPEN, clockKind: ClockKind.FINISH, unitId: "lianhu", signerUnitId: "lianhu", clockDate: "2026-11-20" };
const drafts = [
  { ...draft, number: 1, kind: DraftKind.LETTER, rung: Rung.WARN, state: DraftState.LAPSED },
  { ...draft, number: 2, kind: DraftKind.ORDER, rung: Rung.DUE, text: "请于期限内办结。" },
  { ...draft, number: 3, kind: DraftKind.BULLETIN, rung: Rung.OVER, text: "予以通报。" },
].map((one) => create(CaseDraftSchema, one));
const late = { kind: DutyKind.REGISTER, caseId: archived.caseId, caseNumber: archived.number, title: TITLE, verb: CaseVerb.SIGN_DRAFT, subject: "3" };
const by = (date) => ({ due: { date }, dueTime: { seconds: BigInt(Date.parse(`${date}T23:59:59+08:00`) / 1000) }, colour: Colour.RED });
const overdue = { ...late, ...by("2026-11-20"), clock: ClockKind.FINISH, what: "甲", why: "乙" };
const judge = { kind: DutyKind.MEASURE_EFFECT, service: "ledger", itemId: "p", title: "路口照明不足", what: "庚", why: "辛" };
const visit = { kind: DutyKind.VISIT, service: "liaison", itemId: "v", title: "走访", what: "丙", why: "丁", ...by("2026-11-19") };
for (const [locale, words] of [
  ["zh-CN", { late: "红 · 逾期", incomplete: "会议、专项没有及时答复", more: "更多", waiting: "待签发（2）", sign: "签发", drop: "不予签发", over: "已处理的拟稿（1）", order: "督办单：莲湖分局", bulletin: "通报：莲湖分局" }],
  ["en-US", { late: "Red · overdue", incomplete: "meetings, programmes did not answer", more: "More", waiting: "To sign (2)", sign: "Sign the draft", drop: "Do not sign", over: "Drafts that are over (1)", order: "Supervision order: Lianhu", bulletin: "Bulletin: Lianhu" }],
]) {
  const signer = await person(locale);
  const sent = {};
  await instead(signer, DutyService.method.listDuties, ({ pageToken }) =>
    pageToken ? { duties: [{ ...late, subject: "9", what: "戊", why: "己" }] } : { duties: [overdue], others: [visit, judge], incompleteServices: ["meeting", "ledger"], nextPageToken: "more" },
  );
  await instead(signer, PaperService.method.listDrafts, () => ({ drafts: drafts.slice(1).map((one) => ({ caseId: archived.caseId, caseNumber: archived.number, title: TITLE, draft: one })) }));
  await instead(signer, CaseService.method.watchCase, ({ seenEtag }) => !seenEtag && { case: { ...archived, drafts, openVerbs: [CaseVerb.SIGN_DRAFT, CaseVerb.DROP_DRAFT] } });
  await instead(signer, PaperService.method.signDraft, (request) => (sent.sign = request) && {});
  await instead(signer, PaperService.method.dropDraft, (request) => (sent.drop = request) && {});
  await signer.goto(`${at}/#/desk`);
  await signer.locator("[data-path=token]").fill(token("chief", "chief"));
  await signer.keyboard.press("Tab");
  await signer.keyboard.press("Enter");
  const lines = signer.locator("[data-duties] li");
  await lines.filter({ hasText: "甲" }).getByText(words.late).waitFor();
  assert.match(await lines.first().innerText(), /丙\s+走访[^]*2026-11-19[^]*丁/, "what is due first comes first");
  assert.equal(await lines.first().locator("button").count(), 0, "a visit has no view here");
  await signer.locator("[data-incomplete]").getByText(words.incomplete).waitFor();
  await signer.locator("[data-duties]").getByRole("button", { name: words.more, exact: true }).click();
  await lines.filter({ hasText: "戊" }).waitFor();
  assert.equal(await lines.count(), 4);
  assert.equal(await lines.filter({ hasText: "庚" }).locator("button").count(), 1);
  await lines.locator("button").filter({ hasText: "甲" }).click();
  const form = signer.locator("[data-verb]");
  await form.locator("[data-path=draft_number]").waitFor();
  assert.equal(await form.locator("[data-path=text]").inputValue(), "予以通报。", "the one that the duty is about");
  assert.ok(await form.locator("[data-path=due_date]").isHidden(), "a bulletin asks for no answer");
  await signer.locator("[data-drafts] h2").getByText(words.waiting).waitFor();
  await signer.locator("[data-drafts] li button").filter({ hasText: words.order }).click();
  await signer.locator("[data-case-drafts] summary").getByText(words.over).click();
  await form.locator("[data-path=due_date]").fill("2099-12-01");
  await accessible(signer, `drafts-${locale}`);
  await form.getByRole("button", { name: words.sign, exact: true }).click();
  await signer.locator("[data-acts] .done").waitFor();
  assert.deepEqual([sent.sign.draftNumber, sent.sign.text, sent.sign.dueDate], [2, "请于期限内办结。", "2099-12-01"]);
  await signer.locator("[data-acts]").getByRole("button", { name: words.drop, exact: true }).click();
  await form.locator("[data-path=draft_number]").selectOption("3");
  await form.locator("[data-path=reason]").fill("已经办结。");
  await form.getByRole("button", { name: words.drop, exact: true }).click();
  await signer.locator("[data-acts] .done").waitFor();
  assert.deepEqual([sent.drop.draftNumber, sent.drop.reason, sent.drop.etag], [3, "已经办结。", archived.etag]);
  await signer.context().close();
}
done("duties page by page, those of other services among them, and drafts that are signed or not, in both languages");

const far = await person("en-US", 360);
const watched = [];
far.on("request", (request) => request.url().endsWith("/WatchCases") && request.method() === "POST" && watched.push(request));
await far.goto(`${other}/#/desk`);
await far.locator("[data-path=token]").fill(token("chief", "chief"));
await far.getByRole("button", { name: "Sign in" }).click();
await far.locator("[data-duties] h2").waitFor();
await find(far);
await found(far, TITLE).getByText("Archived").waitFor();
await far.locator("[data-cases] .live[data-link=live]").waitFor();
for (const socket of cut) {
  socket.destroy();
}
await far.locator("[data-cases] .live[data-link=waiting]").waitFor();
await desk.reload();
await desk.locator("[data-duties] li button").filter({ hasText: "投诉" }).first().click();
await desk.locator("summary").filter({ hasText: "提请建账" }).click();
await proposal.getByLabel("投诉举报").check();
await proposal.locator("[data-path='proposal.title']").fill("窗口要求补交材料");
await proposal.locator("[data-path='proposal.summary']").fill("反映窗口要求补交材料。");
await proposal.locator("[data-path='proposal.lead_unit_id']").fill("莲湖分局");
await proposal.getByRole("button", { name: "提请建账" }).click();
await far.locator("[data-found] li").first().getByText("窗口要求补交材料").waitFor();
const again = [watched[0], watched.at(-1)].map((request) => request.postDataBuffer().length);
assert.ok(watched.length > 1 && again[1] > again[0], `from its resume token: ${again}`);
await accessible(far, "cases-english");
done("a new case comes to the top of the list of those that were found, though the stream was cut meanwhile");

await browser.close();
proxy.close();
front.close();
console.log("ok: all of it");
