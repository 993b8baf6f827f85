/** Calls in Arabic, one of each type and one more, by keyboard alone, with the keys counted; drafts, faults, and a call about an application that is there. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import {
  type AdminBrowser,
  axe,
  looksRight,
  openAdminBrowser,
  picture,
  settled,
  type Visit,
} from "../support/admin-browser.js";
import { openSmsPeer, type SmsPeer } from "../support/sms-gateway.js";

jest.setTimeout(400_000);

let office: AdminBrowser;
let peer: SmsPeer;
beforeAll(async () => {
  peer = await openSmsPeer();
  office = await openAdminBrowser({ parts: { sms: peer.config } });
});
afterAll(async () => {
  await office?.close();
  await peer.close();
});

/** Hands on a keyboard: each character is a key, and so is each key of a combination. */
function handsAt(page: Page) {
  let keys = 0;
  return {
    keys: () => keys,
    async type(text: string) {
      keys += [...text].length;
      await page.keyboard.type(text);
    },
    async press(...combinations: string[]) {
      for (const combination of combinations) {
        keys += combination.split("+").length;
        await page.keyboard.press(combination);
      }
    },
  };
}

interface Script {
  readonly phone: string;
  readonly story: string;
  readonly name: string;
  readonly type: string;
  readonly entity: string;
  readonly governorate: string;
  /** The code of the entity that has to have it. */
  readonly to: string;
}

const scripts: readonly Script[] = [
  [
    "0791000001",
    "راجعت دائرة الأحوال المدنية في صويلح ثلاث مرات لتجديد جواز السفر وفي كل مرة يقول الموظف إن النظام معطل وعليّ أن أعود في اليوم التالي دون موعد واضح",
    "سعاد العلي",
    "شكوى",
    "الأحوال المدنية",
    "العاصمة",
    "CSPD",
  ],
  [
    "0791000002",
    "أريد أن أعرف ما الوثائق المطلوبة لاستخراج هوية جديدة بدل التالفة لأن ابني في الجامعة ويحتاج إليها قبل نهاية الشهر وكم تبلغ الرسوم وهل يمكن الدفع من المنزل",
    "محمد نصار",
    "استفسار",
    "الأحوال المدنية",
    "إربد",
    "CSPD",
  ],
  [
    "0791000005",
    "أقترح أن ترسل دائرة الأحوال المدنية رسالة قبل انتهاء جواز السفر بثلاثة أشهر لأن كثيرا من الناس يكتشفون انتهاءه في المطار ويضيع عليهم السفر وثمن التذكرة كله",
    "هند الزعبي",
    "اقتراح",
    "الأحوال المدنية",
    "البلقاء",
    "CSPD",
  ],
  [
    "0791000007",
    "أشكر الموظف في مكتب جوازات إربد الذي ساعد والدي الكفيف من الباب حتى الشباك وأنهى معاملته في عشر دقائق وكان لطيفا معنا جدا وأرجو أن يصل هذا الشكر إلى مديره",
    "رنا قاسم",
    "ثناء",
    "الأحوال المدنية",
    "إربد",
    "CSPD",
  ],
  [
    "0791000008",
    "دفعت رسوم تجديد الهوية عبر الهاتف قبل أسبوعين وخصم المبلغ من حسابي لكن الموظف يقول إن الدفعة لم تصل إليهم ويطلب أن أدفع مرة ثانية نقدا على الشباك",
    "ماهر جابر",
    "شكوى",
    "الأحوال المدنية",
    "مادبا",
    "CSPD",
  ],
].map(
  ([phone, story, name, type, entity, governorate, to]) =>
    ({ phone, story, name, type, entity, governorate, to }) as Script,
);

const inField = (page: Page, name: string) => page.locator(`#field-${name}`);

async function choose(page: Page, name: string, what: string) {
  await inField(page, name).fill(what);
  await page.locator("[role=option][aria-selected=true]", { hasText: what }).first().waitFor();
  await page.keyboard.press("Enter");
}

/** What the agent does with a call, from the caller's number to the next call. */
async function takeCall(page: Page, { phone, story, name, type, entity, governorate, to }: Script) {
  const hands = handsAt(page);
  await page.waitForFunction(() => document.activeElement?.id === "field-sought");
  await hands.type(phone);
  await hands.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "field-description");
  const compared = page.waitForResponse(
    (response) =>
      response.request().postDataJSON()?.do === "compare" && response.request().postDataJSON().story === story,
  );
  await hands.type(story);
  const { matters, governorate: named } = (await (await compared).json()) as {
    matters: { entity: string }[];
    governorate: string | null;
  };
  const offered = matters.length + (named === null ? 0 : 1);
  // The first that fits is taken by its number; where none does, type and entity are typed.
  const fits = matters.findIndex((one) => one.entity === to);
  if (offered > 0) await page.locator(".call-suggestions button").first().waitFor();
  // Where it happens is taken by the number behind them.
  const isThere = named !== null && office.app.office.setup.governorates.get(named)?.name.ar.startsWith(governorate);
  if (isThere) await hands.press(`Alt+${offered}`);
  if (fits >= 0) await hands.press(`Alt+${fits + 1}`);
  // A suggestion says no type, and leads there.
  if (fits >= 0) await page.waitForFunction(() => document.activeElement?.id === "field-type");
  else await hands.press("Tab");
  await hands.type(type.slice(0, 4));
  await page.locator("[role=option][aria-selected=true]", { hasText: type }).first().waitFor();
  await hands.press("Enter");
  await hands.press("Tab");
  await hands.type(name);
  if (!isThere || fits < 0) await hands.press("Tab");
  if (!isThere) {
    await hands.type(governorate.slice(0, 4));
    await page.locator("[role=option][aria-selected=true]", { hasText: governorate }).first().waitFor();
    await hands.press("Enter");
  }
  if (fits < 0) {
    await hands.press("Tab");
    await hands.type(entity.slice(0, 10));
    await page.locator("[role=option][aria-selected=true]", { hasText: entity }).first().waitFor();
    await hands.press("Enter");
  }
  await hands.press("Control+Enter");
  await page.locator(".call-saved").waitFor();
  const reference = (await page.locator(".call-saved .call-large").first().textContent()) ?? "";
  await page.waitForFunction(() => document.activeElement?.closest(".call-next") !== null);
  await hands.press("Enter");
  return { keys: hands.keys(), reference };
}

/** Throws away what is typed, which is asked about first. */
async function discard(page: Page, language: "ar" | "en"): Promise<void> {
  const [first, sure] = language === "ar" ? ["حذف", "حذف المكالمة"] : ["Discard", "Discard the call"];
  await page.getByRole("button", { name: first, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: sure }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
};

async function begin(language: "ar" | "en", width = 1280): Promise<Visit> {
  const visit = await office.backAt({ role: "contact_centre_agent" }, { language, width });
  await visit.open("/admin/pages/caller");
  await inField(visit.page, "sought").waitFor();
  return visit;
}

describe("calls", () => {
  it("of at least 25 typed words each take the agent less than a minute of keys at the median, in Arabic", async () => {
    const visit = await begin("ar");
    const { page } = visit;
    const taken: { keys: number; words: number }[] = [];
    for (const script of scripts) {
      const words = script.story.split(" ").length;
      expect(words).toBeGreaterThanOrEqual(25);
      const { keys, reference } = await takeCall(page, script);
      const row = await office.app.office.caseRow(reference);
      expect([script.phone, row.channel, row.entity]).toEqual([script.phone, "contact_centre", script.to]);
      taken.push({ keys, words });
    }
    const seconds = taken.map(({ keys }) => keys / 4);
    console.info(`keys of the calls: ${taken.map(({ keys }) => keys).join(", ")}; median ${median(seconds)} seconds`);
    expect(median(seconds)).toBeLessThan(60);
    const [{ n } = { n: 0 }] = (await office.app.office.rows(
      "select count(*)::integer as n from calls where kind = 'new'",
    )) as { n: number }[];
    expect(n).toBe(scripts.length);
    expect(visit.errors).toEqual([]);
    expect(visit.outside).toEqual([]);
  });

  it("keeps two drafts through a reload and the next call, and shows faults at their fields", async () => {
    const visit = await begin("ar");
    const { page } = visit;
    await inField(page, "description").fill("المكالمة الأولى عن انقطاع الماء");
    await page.keyboard.press("Alt+N");
    await page.waitForFunction(() => document.activeElement?.id === "field-sought");
    await inField(page, "description").fill("المكالمة الثانية عن الإنارة");
    await page.locator(".call-state-kept").waitFor();
    await page.reload();
    await page.locator(".call-drafts button").waitFor();
    expect(await inField(page, "description").inputValue()).toBe("المكالمة الثانية عن الإنارة");
    await page.locator(".call-drafts button").first().press("Enter");
    await page.waitForFunction(
      () =>
        (document.querySelector("#field-description") as HTMLTextAreaElement | null)?.value.includes("الأولى") === true,
    );
    await inField(page, "description").press("Control+Enter");
    await page.locator("#field-type[aria-invalid]").waitFor();
    expect(await page.locator("#field-name[aria-invalid]").count()).toBe(1);
    expect(await inField(page, "description").inputValue()).toContain("الأولى");
    // A telephone alone: that nothing comes is said before it is saved, until the caller agrees to text messages.
    const nothingComes = page.locator('[role="status"] .call-nothing-comes');
    expect(await nothingComes.count()).toBe(0);
    await inField(page, "phone").fill("0791234500");
    await nothingComes.waitFor();
    await picture(page, "calls-faults-ar");
    expect(await axe(page)).toEqual([]);
    await inField(page, "sms").press("Space");
    await nothingComes.waitFor({ state: "detached" });
    await discard(page, "ar");
  });

  it("is opened from the agent's home, each by its own line", async () => {
    const visit = await begin("en");
    const { page } = visit;
    for (const story of ["The first call is about water.", "The second call is about light."]) {
      await page.keyboard.press("Alt+N");
      await page.waitForFunction(() => document.activeElement?.id === "field-sought");
      await inField(page, "description").fill(story);
      await page.locator(".call-state-kept").waitFor();
    }
    await visit.open("/admin");
    await page.getByRole("link", { name: "The first call" }).click();
    await page.waitForFunction(
      () =>
        (document.querySelector("#field-description") as HTMLTextAreaElement | null)?.value.includes("first") === true,
    );
    expect(new URL(page.url()).search).toBe("");
    await page.locator(".call-drafts button", { hasText: "The second call" }).waitFor();
    for (let n = 0; n < 2; n += 1) {
      await page.getByRole("button", { name: "Discard" }).click();
      if (n === 0) await page.locator(".call-drafts button").first().press("Enter");
    }
  });

  it("saves by its key after a reload, a suggestion and an open call lead to where the call goes on", async () => {
    const visit = await begin("ar");
    const { page } = visit;
    const focused = (id: string) => page.waitForFunction((one) => document.activeElement?.id === one, id);
    // Nothing is typed: nothing is said of keeping it.
    expect((await page.locator(".call-state").textContent())?.trim()).toBe("");
    await inField(page, "description").fill("المكالمة عن انقطاع الماء");
    await page.locator(".call-state-kept").waitFor();
    await page.reload();
    await focused("field-description");
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press("Control+Enter");
    await page.locator("#field-type[aria-invalid]").waitFor();
    await page.keyboard.press("Alt+N");
    await focused("field-sought");
    await page.locator(".call-drafts button").first().press("Enter");
    await focused("field-description");
    // The call goes on behind what is typed.
    const place = () => (document.activeElement as HTMLTextAreaElement).selectionStart;
    expect(await page.evaluate(place)).toBe("المكالمة عن انقطاع الماء".length);
    expect(await inField(page, "type").getAttribute("aria-required")).toBe("true");
    expect(await inField(page, "name").getAttribute("aria-required")).toBe("true");
    // To the eye as well; a number says who calls too.
    const marked = async () =>
      (await page.locator(".call-form .field-label:visible", { hasText: "(حقل مطلوب)" }).allTextContents()).map(
        (label) => label.split(" (")[0],
      );
    expect(await marked()).toEqual(["ما يقوله المتصل", "النوع", "الاسم"]);
    await inField(page, "phone").fill("0791234567");
    expect(await marked()).toEqual(["ما يقوله المتصل", "النوع"]);
    await discard(page, "ar");
  });

  it("keeps the type that was chosen when a suggestion is taken, and what was typed unless its loss is confirmed", async () => {
    const visit = await begin("ar");
    const { page } = visit;
    const { story } = scripts[0] as Script;
    await choose(page, "type", "اقتراح");
    const chosen = await inField(page, "type").inputValue();
    await inField(page, "description").fill(story);
    await page.locator(".call-suggestions button").first().waitFor();
    await page.keyboard.press("Alt+1");
    await page.waitForFunction(() => (document.querySelector("#field-entity") as HTMLInputElement).value !== "");
    expect(await inField(page, "type").inputValue()).toBe(chosen);
    await page.locator(".call-state-kept").waitFor();
    await page.getByRole("button", { name: "حذف", exact: true }).click();
    await page.getByRole("dialog").waitFor();
    await picture(page, "calls-discard-ar");
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await inField(page, "description").inputValue()).toBe(story);
    await discard(page, "ar");
    await page.waitForFunction(() => document.activeElement?.id === "field-sought");
    expect(await inField(page, "description").inputValue()).toBe("");
    // What is suggested says no type: it is asked next.
    await inField(page, "description").fill(story);
    await page.locator(".call-suggestions button").first().waitFor();
    await page.keyboard.press("Alt+1");
    await page.waitForFunction(() => document.activeElement?.id === "field-type");
    expect(await inField(page, "type").inputValue()).toBe("");
    await discard(page, "ar");
  });

  it("offers the governorate that the story names, and fills it in by its key alone", async () => {
    const visit = await begin("en", 390);
    const { page } = visit;
    await inField(page, "description").fill("I have waited five months for the transfer of my land in Irbid");
    const said = "Governorate · Irbid";
    const suggestion = page.locator(".call-suggestions button", { hasText: said });
    await suggestion.waitFor();
    expect(await suggestion.getAttribute("aria-pressed")).toBe("false");
    expect(await inField(page, "governorate").inputValue()).toBe("");
    const number = await page.locator(".call-suggestions button").count();
    await page.keyboard.press(`Alt+${number}`);
    await page.locator(".call-suggestions button[aria-pressed=true]", { hasText: said }).waitFor();
    expect(await inField(page, "governorate").inputValue()).toBe("Irbid");
    expect(await inField(page, "entity").inputValue()).toBe("");
    await page.locator(".call-state-kept").waitFor();
    await looksRight(page, "calls-governorate");
    await discard(page, "en");
  });

  it("keeps a text that is no choice and says so; a faulty field inside a closed part opens it", async () => {
    const visit = await begin("ar");
    const { page } = visit;
    const governorate = inField(page, "governorate");
    // Amman, in both languages and with signs left out; what fits one alone is chosen when focus goes.
    for (const written of ["عم", "عمّان", "Amman", "العاصمه"]) {
      await governorate.fill(written);
      await page.locator("[role=option][aria-selected=true]").first().waitFor();
      expect(await page.locator("[role=option]").allTextContents()).toEqual([expect.stringContaining("عمّان")]);
      await page.keyboard.press("Tab");
      expect([written, await governorate.inputValue()]).toEqual([written, "العاصمة (عمّان)"]);
      await governorate.fill("");
      await page.keyboard.press("Escape");
    }
    await governorate.fill("القاهرة");
    await page.locator(".combobox-none").waitFor();
    await page.keyboard.press("Tab");
    expect(await governorate.inputValue()).toBe("القاهرة");
    await inField(page, "description").fill("الحديقة العامة مغلقة منذ شهر");
    await inField(page, "name").fill("هدى الخطيب");
    await choose(page, "type", "شكوى");
    await inField(page, "name").focus();
    await page.keyboard.press("Control+Enter");
    await page.waitForFunction(() => document.activeElement?.id === "field-governorate");
    expect(await governorate.getAttribute("aria-invalid")).toBe("true");
    await picture(page, "calls-no-choice-ar");
    expect(await axe(page)).toEqual([]);
    // Emptied, the fault is gone.
    await governorate.fill("");
    await page.keyboard.press("Escape");
    expect(await governorate.getAttribute("aria-invalid")).toBeNull();
    await page.locator(".call-more summary").click();
    await inField(page, "email").fill("huda");
    await page.locator(".call-more summary").click();
    // A list that is open over an emptied field chooses nothing.
    await inField(page, "service").pressSequentially("ا");
    await page.keyboard.press("Backspace");
    await page.locator("#field-service[aria-expanded=true]").waitFor();
    await page.keyboard.press("Control+Enter");
    await page.locator("#field-email[aria-invalid]").waitFor();
    expect(await inField(page, "service").inputValue()).toBe("");
    expect(await inField(page, "email").isVisible()).toBe(true);
    await discard(page, "ar");
  });

  it("the number goes with who is looked for, until the agent types another; a reference leads to its application", async () => {
    const visit = await begin("en");
    const { page } = visit;
    const phone = inField(page, "phone");
    const look = async (sought: string) => {
      await inField(page, "sought").fill(sought);
      const found = page.waitForResponse((answer) => answer.request().postDataJSON()?.do === "find");
      await inField(page, "sought").press("Enter");
      await found;
      await page.waitForFunction(() => document.activeElement?.id === "field-description");
    };
    await look("0795551001");
    await page.waitForFunction(() =>
      (document.querySelector("#field-phone") as HTMLInputElement).value.endsWith("1001"),
    );
    // Another caller is on the line, also after a reload.
    await page.locator(".call-state-kept").waitFor();
    await page.reload();
    await look("0795551002");
    await page.waitForFunction(() =>
      (document.querySelector("#field-phone") as HTMLInputElement).value.endsWith("1002"),
    );
    // Looked for by name now: whose number that is, is asked.
    await look("Rana Haddad");
    await page.getByText("You searched for this number before").waitFor();
    await phone.fill("0795551003");
    expect(await page.getByText("You searched for this number before").count()).toBe(0);
    await look("0795551004");
    expect(await phone.inputValue()).toBe("0795551003");
    // Tab leads from the story to the type, whether or not there are suggestions by now.
    await inField(page, "description").fill((scripts[0] as Script).story);
    await page.locator(".call-suggestions button").first().waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("field-type");
    await page.keyboard.press("Escape");
    const { reference } = await office.app.office.receive();
    await inField(page, "sought").fill(reference);
    await inField(page, "sought").press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "field-code");
    expect(await inField(page, "reference").inputValue()).toBe(reference);
    await page.keyboard.press("Alt+E");
    // Ten digits alone may be a national number: they are looked for, and offered as a reference where nobody has them.
    await look(reference.replaceAll("-", ""));
    await page.getByRole("button", { name: "Open the application" }).click();
    await page.waitForFunction(() => document.activeElement?.id === "field-code");
    expect(await inField(page, "reference").inputValue()).toBe(reference);
    await page.keyboard.press("Alt+E");
    await discard(page, "en");
  });

  it("who was only looked for is no next caller, and their number no next caller's", async () => {
    const phone = "+962795551010";
    const sent = await office.app.office.receive({ applicant: { name: "سلمى الزعبي", phone } });
    const visit = await begin("ar");
    const { page } = visit;
    await inField(page, "sought").fill(phone);
    await page.keyboard.press("Enter");
    // The article of a family name says nothing of whose it is.
    await page.locator(".caller-name", { hasText: "س. ز." }).waitFor();
    await page.locator(".caller-line button").first().click();
    // The caller has no code: the call goes on, with what was found.
    await page.getByRole("button", { name: "إدخال الرقم المرجعي" }).click();
    await page.getByRole("tab", { name: "طلب جديد" }).click();
    expect(await inField(page, "sought").inputValue()).toBe(phone);
    await page.locator(".caller-line button").first().click();
    await inField(page, "code").fill(sent.code);
    await page.keyboard.press("Enter");
    await page.locator(".call-opened").waitFor();
    await page.keyboard.press("Alt+E");
    await page.keyboard.press("Alt+E");
    await page.waitForFunction(() => document.activeElement?.closest(".call-opened") !== null);
    await page.getByRole("button", { name: "متصل آخر" }).click();
    await page.getByRole("tab", { name: "طلب جديد" }).click();
    await page.waitForFunction(() => (document.querySelector("#field-phone") as HTMLInputElement).value === "");
    expect(await inField(page, "sought").inputValue()).toBe("");
    expect(await page.locator(".caller-line").count()).toBe(0);
    // What is typed stays when the home leads to a new call, also where the server had nothing of it yet.
    await inField(page, "description").fill("انقطاع الماء منذ ثلاثة أيام");
    await visit.open("/admin");
    await page.getByRole("link", { name: "مكالمة جديدة" }).click();
    await page.locator(".call-drafts button", { hasText: "انقطاع الماء" }).waitFor();
    expect(await inField(page, "description").inputValue()).toBe("");
    await page.reload();
    await page.locator(".call-drafts button", { hasText: "انقطاع الماء" }).waitFor();
    await page.locator(".call-drafts button").first().click();
    await discard(page, "ar");
  });

  it("what was saved last is read out again after a stray key, another page and the next call's first words", async () => {
    const visit = await begin("en", 390);
    const { page } = visit;
    await inField(page, "description").fill("The street light in front of my house has been broken for a month.");
    await choose(page, "type", "Complaint");
    await inField(page, "name").fill("Huda Khatib");
    await page.keyboard.press("Control+Enter");
    await page.locator(".call-saved").waitFor();
    const code = (await page.locator(".call-saved .call-large").nth(1).textContent()) ?? "";
    await page.waitForFunction(() => document.activeElement?.closest(".call-next") !== null);
    // What has focus is in sight.
    const box = await page.locator(".call-next button").boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(page.viewportSize()?.height ?? 0);
    await picture(page, "calls-saved-en-390");
    await page.keyboard.press("Enter");
    await inField(page, "description").fill("The next caller asks about water.");
    await page.locator(".call-state-kept").waitFor();
    await page
      .locator("a[href='/admin/pages/call-backs']")
      .first()
      .evaluate((link: HTMLElement) => link.click());
    await page.locator("h1", { hasText: "Call-backs" }).waitFor();
    await page.goBack();
    await page.getByRole("button", { name: /Read .* out again/ }).click();
    expect(await page.locator(".call-saved .call-large").nth(1).textContent()).toBe(code);
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("Enter");
    expect(await inField(page, "description").inputValue()).toBe("The next caller asks about water.");
    await discard(page, "en");
  });

  it("opens an earlier application from what was found: by its code, then read out", async () => {
    const sent = await office.app.office.receive({ applicant: { name: "Lina Saleh", phone: "+962795550009" } });
    const visit = await begin("en", 390);
    const { page } = visit;
    await inField(page, "sought").fill("0795550009");
    await page.keyboard.press("Enter");
    await page.locator(".caller-line button").first().click();
    await page.waitForFunction(() => document.activeElement?.id === "field-code");
    expect(await inField(page, "reference").count()).toBe(0);
    expect(await page.locator("main").textContent()).not.toContain(sent.reference);
    await picture(page, "calls-found-earlier-en-390");
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.locator("#field-code[aria-invalid]").waitFor();
    await inField(page, "code").fill(sent.code);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.closest(".call-opened") !== null);
    expect(await page.locator(".call-opened").textContent()).toContain(sent.reference);
    await page.locator(".call-read-out").waitFor();
    // The keys of a new application act where it is typed, and what was looked up is still there: no second look is counted.
    await page.keyboard.press("Control+Enter");
    await page.getByRole("tab", { name: "New application" }).click();
    await page.locator(".caller-line button").first().waitFor();
    await inField(page, "sought").focus();
    await page.keyboard.press("Control+Enter");
    await page.waitForTimeout(300);
    expect(await page.locator(".call-form [aria-invalid=true]").count()).toBe(0);
    await inField(page, "description").focus();
    await page.keyboard.press("Control+Enter");
    await page.locator("#field-type[aria-invalid]").waitFor();
    await discard(page, "en");
  });

  it.each([
    ["ar", 1280, "0791000021"],
    ["en", 390, "0791000024"],
  ] as const)("looks right before, while and after a call (%s, %i px)", async (language, width, phone) => {
    await office.app.office.receive({ applicant: { name: "سعاد العلي", phone: `+962${phone.slice(1)}` } });
    const visit = await begin(language, width);
    const { page } = visit;
    const pictured = (name: string) => looksRight(page, `calls-${name}`);
    const inSight = async (what: string) => {
      const { y = -1, height = 0 } = (await page.locator(what).boundingBox()) ?? {};
      const header = (await page.locator("header").first().boundingBox())?.height ?? 0;
      expect([what, y, y >= header, y + height <= (page.viewportSize()?.height ?? 0)]).toEqual([what, y, true, true]);
    };
    await inField(page, "sought").fill(phone);
    await page.keyboard.press("Enter");
    await page.locator(".caller-person").first().waitFor();
    const script = scripts[0] as Script;
    await inField(page, "description").fill(script.story);
    await page.locator(".call-state-kept").waitFor();
    await inField(page, "name").fill(script.name);
    await choose(page, "type", language === "ar" ? "شكوى" : "Complaint");
    await inField(page, "sms").check();
    await pictured("typing");
    await page.keyboard.press("Control+Enter");
    await page.locator(".call-saved").waitFor();
    await pictured("saved");
    // What is read out is in the caller's language, whatever language the page is in.
    const due = page.locator(".call-due [lang]");
    expect([await due.getAttribute("lang"), await due.textContent()]).toEqual([
      "ar",
      expect.stringMatching(/^موعد الرد: /),
    ]);
    // The number can be confirmed below what is read out; the next call stays a key away.
    expect(
      await page.getByRole("heading", { name: language === "ar" ? "تأكيد رقم المتصل" : "Confirm the caller" }).count(),
    ).toBe(1);
    expect(await page.evaluate(() => document.activeElement?.closest(".call-next") !== null)).toBe(true);
    const reference = (await page.locator(".call-saved .call-large").first().textContent()) ?? "";
    // The code is shown only now: leaving asks first.
    const warned = await page.evaluate(() => !window.dispatchEvent(new Event("beforeunload", { cancelable: true })));
    expect(warned).toBe(true);
    await page.keyboard.press("Alt+E");
    await page.waitForURL(/part=existing/);
    await page.waitForFunction(() => document.activeElement?.id === "field-reference");
    await inField(page, "reference").fill(reference);
    await inField(page, "said").fill(phone);
    await page.keyboard.press("Enter");
    await page.locator(".call-read-out").waitFor();
    // Focus is at the case, and the case is in sight.
    await page.waitForFunction(() => document.activeElement?.closest(".call-opened") !== null);
    await inSight(".call-read-out h3");
    await pictured("existing");
    const information = language === "ar" ? "تدوين معلومات" : "Record information";
    await page.locator(".call-acts button", { hasText: information }).click();
    const form = page.locator("form.composer");
    // It begins at its first field, and is sent from any.
    await page.waitForFunction(() => {
      const first = document.querySelector("form.composer")?.querySelector("input, textarea, select");
      return first != null && first === document.activeElement;
    });
    await form.locator("select").selectOption("details");
    await form.locator("textarea").fill("It was on Sunday.");
    await page.keyboard.press("Control+Enter");
    await page.waitForFunction(() => document.activeElement?.querySelector(".notice-success") != null);
    expect(await page.locator(".notice-success").textContent()).toContain(information);
    await inSight(".notice-success");
    await settled(page);
    // Nothing that came after moved it away.
    await inSight(".notice-success");
    await pictured("done");
    // The caller's number is confirmed by what goes to it: sent, read out wrongly, read out.
    await page
      .getByRole("button", { name: language === "ar" ? "إرسال ستة أرقام إلى الرقم" : "Send six digits" })
      .click();
    await page.waitForFunction(() => document.activeElement?.id === "field-digits");
    await inField(page, "digits").fill("12");
    await page.keyboard.press("Enter");
    await page.locator("#field-digits[aria-invalid=true]").waitFor();
    await pictured("digits");
    await office.app.services.handlers["deliver-sms"]?.(office.app.services.now());
    const texts = peer.taken.flatMap(({ text }) => /^(\d{6}) /.exec(text)?.[1] ?? []);
    await inField(page, "digits").fill(texts.at(-1) ?? "none");
    await page.keyboard.press("Enter");
    await page.getByText(language === "ar" ? "تم التأكيد. ستحمل" : "Confirmed. Our next text messages").waitFor();
    await pictured("confirmed");
  });

  it("who lost the code reads six digits out, by keyboard alone", async () => {
    const number = "+962795550062";
    const { reference } = await office.app.office.receive({
      applicant: { name: "Lina Saleh", phone: number, sms: true },
    });
    const visit = await begin("ar");
    const { page } = visit;
    await inField(page, "sought").fill(number);
    await page.keyboard.press("Enter");
    await page.locator(".caller-line button").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "field-code");
    // Behind the code, and the way to a reference.
    for (let n = 0; n < 3; n += 1) await page.keyboard.press("Tab");
    await looksRight(page, "calls-lost-code");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "field-digits");
    expect(await page.locator("main").textContent()).not.toContain(reference);
    await page.keyboard.type("000000");
    await page.keyboard.press("Enter");
    await page.locator("#field-digits[aria-invalid]").waitFor();
    await office.app.services.handlers["deliver-sms"]?.(office.app.services.now());
    const texts = peer.taken.filter(({ to }) => to === number).map(({ text }) => text);
    await inField(page, "digits").fill(texts.flatMap((text) => /^(\d{6}) /.exec(text)?.[1] ?? []).at(-1) ?? "");
    await looksRight(page, "calls-digits");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.closest(".call-opened") !== null);
    expect(await page.locator(".call-opened").textContent()).toContain(reference);
    await page.locator(".call-read-out").waitFor();
    await looksRight(page, "calls-opened-by-digits");
    // Information alone: what ends it needs the code. What is done keeps it open.
    await inField(page, "reply").fill("The lift is still broken.");
    await page.keyboard.press("Control+Enter");
    await page.locator(".call-existing [role=status]", { hasText: "تم" }).waitFor();
    const [event] = await office.app.office.rows(
      "select e.data::jsonb->>'recognisedBy' as by from case_events e join cases c on c.id = e.case_id where c.reference = $1 and e.type = 'applicant.replied'",
      reference,
    );
    expect(event).toEqual({ by: "digits" });
    expect(visit.outside).toEqual([]);
  });

  it("a call that was cut off goes on with another agent, by one key", async () => {
    const number = "0795550071";
    const first = await office.signedIn({ role: "contact_centre_agent" }, { language: "en" });
    await first.open("/admin/pages/caller");
    await inField(first.page, "sought").fill(number);
    await first.page.keyboard.press("Enter");
    await first.page.waitForFunction(() => document.activeElement?.id === "field-description");
    const kept = first.page.waitForResponse((response) =>
      response.request().postDataJSON()?.typed?.story?.includes("week"),
    );
    await first.page.keyboard.type("There has been no water in our street for a week");
    await kept;
    const second = await office.signedIn({ role: "contact_centre_agent", nth: 1 }, { language: "en" });
    const { page } = second;
    await second.open("/admin/pages/caller");
    await inField(page, "sought").fill(number);
    await page.keyboard.press("Enter");
    await page.locator(".caller-find ~ [role=status] .call-same button").waitFor();
    expect(await page.locator("main").textContent()).not.toContain("water");
    await looksRight(page, "calls-cut-off");
    await page.keyboard.press("Alt+t");
    await page.waitForFunction(() => (document.activeElement as HTMLTextAreaElement)?.value?.endsWith("for a week"));
    // Whom they looked for is this caller: nothing else is open.
    expect(await page.locator(".call-drafts button", { hasText: number.slice(1) }).count()).toBe(0);
    const water = first.page.locator(".call-drafts button", { hasText: "no water in our street" });
    await first.page.keyboard.type(" and a day");
    const notice = first.page.locator(".call-form .notice", {
      hasText: "goes on with it",
    });
    await notice.waitFor();
    await notice.scrollIntoViewIfNeeded();
    await looksRight(first.page, "calls-taken-over");
    await first.page.keyboard.press("Alt+n");
    await first.page.waitForFunction(() => document.activeElement?.id === "field-sought");
    expect(await water.count()).toBe(0);
    await first.open("/admin/pages/caller");
    await first.page.locator(".call-drafts li > bdi").first().waitFor();
    expect(await water.count()).toBe(0);
    await looksRight(first.page, "calls-taken-list");
    expect([first.errors, second.errors]).toEqual([[], []]);
    await discard(page, "en");
    await first.close();
    await second.close();
  });

  // Ends the sessions of all: it comes last.
  it("outlives the end of the session: what was typed is saved after signing in again", async () => {
    const visit = await begin("en");
    const { page } = visit;
    await inField(page, "description").fill("The street light in front of my house has been broken for a month.");
    await page.locator(".call-state-kept").waitFor();
    await office.app.office.asOwner("delete from sessions");
    await inField(page, "name").fill("Huda Khatib");
    const dialog = page.getByRole("dialog", { name: "Your session has ended" });
    await dialog.waitFor();
    await dialog.getByRole("button", { name: "I have signed in" }).click();
    const again = await visit.context.newPage();
    const person = office.app.office.official("contact_centre_agent");
    const email = office.app.office.setup.seats
      .flatMap(({ holders }) => holders)
      .find(({ userId }) => userId === person.userId)?.email;
    await again.goto(`${office.origin}/admin/login`);
    await again.fill("input[name=email]", email ?? "");
    await again.fill("input[name=password]", "a password for tests");
    await again.click("form[action='/admin/login'] button");
    await again.waitForURL(/\/admin(\?|$)/);
    await again.close();
    await page.locator(".call-state-kept").waitFor();
    await choose(page, "type", "Complaint");
    await page.keyboard.press("Control+Enter");
    await page.locator(".call-saved").waitFor();
  });
});
