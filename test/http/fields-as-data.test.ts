/** Extra fields that name an entity, a place or a file: asked on the public pages, sent over the services, seen on the case, known to rules. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import { applicationFacts, factCatalogue } from "../../src/engine/rules/fact-catalogue.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { aPng } from "../support/files.js";
import { openPortalApp, type PortalApp } from "../support/portal-app.js";
import { answerAll, answers, begin, keysIn, sameOrigin } from "../support/portal-ways.js";
import { complaint, problemOf, programme, sundayNine } from "../support/working-office.js";

let app: PortalApp;
const extra = [
  { code: "other", name: { en: "Another entity involved", ar: "جهة أخرى معنية" }, type: "entity", required: false },
  { code: "site", name: { en: "Where it happened", ar: "مكان الحادثة" }, type: "location", required: true },
  { code: "photo", name: { en: "A photograph", ar: "صورة" }, type: "file", required: true },
] as const;
beforeAll(async () => {
  app = await openPortalApp();
  await change(extra);
});
afterAll(() => app.close());

const room = () => app.office.official("operation_room");
async function change(fields: readonly object[]) {
  const { setupEditor, setup } = app.office.services;
  const before = { fields: (await setup.of(programme)).types.get("complaint")?.fields };
  const shipped = app.office.setup.types.get("complaint")?.fields ?? [];
  const values = { fields: [...shipped, ...fields] };
  const row = { programme, table: "application_types", code: "complaint", before, values } as const;
  await setupEditor.update({ ...row, by: room(), now: sundayNine });
}
const bytes = (content: Buffer) =>
  (async function* () {
    yield content;
  })();
const stage = (name: string) =>
  app.office.services.attachments.stage({
    owner: { kind: "channel", key: app.office.key },
    name,
    content: bytes(aPng()),
    declaredType: null,
    now: sundayNine,
  });
const site = { governorate: "AMMAN", place: "Near the mosque", latitude: 31.9539, longitude: 35.9106 };
const receive = (fields: object, attachments: readonly string[] = []) =>
  app.office.services.intake.receive({
    input: { ...complaint, fields },
    key: app.office.key,
    idempotencyKey: null,
    now: sundayNine,
    attachments,
  });
const faultsOf = async (fields: object, attachments: readonly string[] = []): Promise<string[]> =>
  (await problemOf(receive(fields, attachments))).faults.map(({ field }) => field);

describe("over the services", () => {
  it("an entity has to be live, a place in a governorate and on the globe, a file among those that come along", async () => {
    const { id } = await stage("a.png");
    const governorate = [...app.office.setup.governorates.keys()][0] as string;
    const good = { site: { governorate }, photo: id };
    expect(await faultsOf({})).toEqual(["/fields/site", "/fields/photo"]);
    expect(await faultsOf({ ...good, photo: id })).toEqual(["/fields/photo"]);
    expect(await faultsOf({ ...good, other: "NOBODY" }, [id])).toEqual(["/fields/other"]);
    expect(await faultsOf({ ...good, site: { place: "x" } }, [id])).toEqual(["/fields/site/governorate"]);
    expect(await faultsOf({ ...good, site: { governorate, latitude: 91, longitude: 0 } }, [id])).toEqual([
      "/fields/site/latitude",
    ]);
    expect(await faultsOf({ ...good, site: { governorate, latitude: 9 } }, [id])).toEqual(["/fields/site/longitude"]);
    expect(await faultsOf({ ...good, site: { governorate, moon: 1 } }, [id])).toEqual(["/fields/site/moon"]);
    expect(await faultsOf({ ...good, site: [governorate] }, [id])).toEqual(["/fields/site"]);
  });

  it("a place on the map is taken with as many decimals as it comes with, and kept with six", async () => {
    const { id } = await stage("map.png");
    const governorate = [...app.office.setup.governorates.keys()][0] as string;
    const kept = async (latitude: unknown, longitude: unknown) => {
      const fields = { site: { governorate, latitude, longitude }, photo: (await stage("map.png")).id };
      const { reference } = await receive(fields, [fields.photo]);
      const [row] = await app.office.rows(
        "select fields -> 'site' as site from applications a join cases c on c.id = a.id where c.reference = $1",
        reference,
      );
      const stored = row?.site as { latitude: number; longitude: number } | undefined;
      return [stored?.latitude, stored?.longitude];
    };
    expect(await kept("34.0522342984100", "-118.243684967")).toEqual([34.052234, -118.243685]);
    expect(await kept("٣١٫٩٥٣٩٤٩٩٩٩", 35.91060001)).toEqual([31.95395, 35.9106]);
    const good = { site: { governorate, latitude: "1.2.3", longitude: "0" }, photo: id };
    expect(await faultsOf(good, [id])).toEqual(["/fields/site/latitude"]);
  });

  it("the case shows them by name, and the file at its field; rules know them", async () => {
    const { id } = await stage("b.png");
    const [governorate] = [...app.office.setup.governorates.values()];
    const sent = await receive({ other: "MOF", site: { ...site, governorate: governorate?.code }, photo: id }, [id]);
    const actor = app.office.official("focal_point", "CSPD");
    const { text } = await app.office.services.cases.page({ reference: sent.reference, actor, now: sundayNine });
    expect(text.fields.map(({ label, value, file }) => [label.en, value.en, file?.id])).toEqual([
      ["Another entity involved", app.office.setup.entities.get("MOF")?.name.en, undefined],
      ["Where it happened", `${governorate?.name.en}, Near the mosque, (31.9539, 35.9106)`, undefined],
      ["A photograph", "b.png", id],
    ]);
    const { theCase, setup } = await app.office.services.cases.read({ reference: sent.reference, actor });
    const facts = applicationFacts(theCase.application, setup, compileCalendar(setup.calendar.definition));
    expect([facts["field.other"], facts["field.site"], facts["field.photo"]]).toEqual(["MOF", governorate?.code, true]);
    const catalogue = new Map(factCatalogue(setup).map((fact) => [fact.name, fact]));
    expect(catalogue.get("field.other")?.values).toContain("MOF");
    expect(catalogue.get("field.photo")?.type).toBe("boolean");
    const followed = await app.office.services.cases.followPage({ ...sent, now: sundayNine });
    expect(followed.answers.map(({ value }) => value.en)).toContain("b.png");
  });
});

describe("on the public pages", () => {
  it("each is asked without script; a file answers its own question and no other", async () => {
    const who = app.visitor();
    const id = await begin(who);
    const [governorate] = [...app.office.setup.governorates.values()];
    const place = { "field.site.governorate": governorate?.code ?? "", "field.site.place": "Near the mosque" };
    const page = `/en/apply/${id}/field-photo`;
    const walked = answerAll(who, id, {
      details: { ...answers.details, "field.other": "MOF" },
      "field-site": { ...place, "field.site.point": "٣١٫٩٥٣٩، ٣٥٫٩١٠٦" },
    });
    await expect(walked).rejects.toThrow(/field-photo: 422/);
    // A point is for whoever has one; what is none is told where it was typed, and stays.
    for (const language of ["en", "ar"] as const) {
      const fault = { en: "Enter latitude and longitude", ar: "اكتب رقمين، خط العرض أولًا" }[language];
      for (const point of ["near the mosque", "31.95", "97, 35.9", "31.95, 35.91, 4", "31.95,", ","]) {
        const answer = await who.post(`/${language}/apply/${id}/field-site`, { ...place, "field.site.point": point });
        expect([point, answer.status]).toEqual([point, 422]);
        expect(answer.text).toContain('id="field-site-point-fault"');
        expect(answer.text).toContain(fault);
        expect(answer.text).toContain(`value="${point}"`);
      }
    }
    // Copied out of a page that reads from the right, with the marks of its direction.
    for (const point of [
      "\u200e31.9539, 35.9106\u200f",
      "\u206631.9539\u2069، \u206635.9106\u2069",
      "٣١٫٩٥٣٩، ٣٥٫٩١٠٦",
    ]) {
      const answer = await who.post(`/en/apply/${id}/field-site`, { ...place, "field.site.point": point });
      expect([point, answer.status]).toEqual([point, 303]);
    }
    const asked = (await who.get(page)).text;
    expect(asked).toContain('enctype="multipart/form-data"');
    expect(asked).toMatch(/<input class="govuk-file-upload" id="field-photo" name="file" type="file"/);
    const send = (content: Buffer, name: string, go = "on") =>
      who.agent.post(page).set(sameOrigin).field("go", go).attach("file", content, name);
    const refused = await send(Buffer.from("MZ not a picture"), "x.exe");
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('id="field-photo-fault"');
    expect((await send(aPng(), "first.png", "show")).status).toBe(303);
    expect((await who.get(page)).text).toContain("first.png");
    // Another one takes its place.
    expect((await send(aPng(9, 9), "second.png")).status).toBe(303);
    expect((await who.get(`/en/apply/${id}/files`)).text).not.toContain("second.png");
    for (const [name, form] of Object.entries<Record<string, string>>({
      identity: { identity: "named" },
      files: {},
      details: { ...answers.details, "field.other": "MOF" },
      contact: { name: "Rana", email: "rana@example.com" },
    }))
      await who.post(`/en/apply/${id}/${name}`, form);
    const check = (await who.get(`/en/apply/${id}/check`)).text;
    for (const said of ["second.png", "Near the mosque", "Ministry of Finance", "Where it happened: Governorate"])
      expect(check).toContain(said);
    await who.post(`/en/apply/${id}/check`);
    const { reference } = keysIn((await who.get(`/en/apply/${id}/sent`)).text);
    const rows = await app.office.rows(
      `select a.fields, (select array_agg(f.name) from attachments f where f.case_id = c.id) as files
       from cases c join applications a on a.id = c.id where c.reference = $1`,
      reference,
    );
    expect(rows).toEqual([
      {
        fields: {
          other: "MOF",
          visitDate: "2026-03-05",
          site: { governorate: governorate?.code, place: "Near the mosque", latitude: 31.9539, longitude: 35.9106 },
          photo: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
        files: ["second.png"],
      },
    ]);
  });

  it("a place that has to be told is asked for where it begins", async () => {
    const who = app.visitor();
    const id = await begin(who);
    await expect(answerAll(who, id, {})).rejects.toThrow(/field-site: 422[\s\S]*id="field-site-governorate-fault"/);
  });
});

describe("a field that somebody asks for", () => {
  it("does not vanish or change its kind under an open draft either; the draft is named", async () => {
    const { setup, policyDrafts } = app.office.services;
    const routing = (await setup.of(programme)).ruleSets.get("routing");
    const definition = routing?.definition as RuleSetDefinition;
    const [rule] = definition.rules;
    const asks = { all: [{ fact: "field.photo", operator: "equal", value: true }] };
    const added = { ...rule, id: "with-photo", title: { en: "With a photograph", ar: "مع صورة" }, conditions: asks };
    const draft = { ...definition, rules: [...definition.rules, added] };
    const what = { programme, kind: "rules", name: "routing", definition: draft, basedOn: routing?.versionId } as never;
    const begun = await policyDrafts.begin({ actor: room(), now: sundayNine, ...(what as object) } as never);
    const gone = await problemOf(change(extra.filter(({ code }) => code !== "photo")));
    expect(gone.faults).toMatchObject([
      {
        field: "/fields",
        reason: {
          en: expect.stringContaining(
            "“With a photograph” of Routing (draft being written) asks for the field “A photograph”",
          ),
        },
      },
    ]);
    const changed = extra.map((one) => (one.code === "photo" ? { ...one, type: "boolean" } : one));
    expect((await problemOf(change(changed))).faults.map(({ field }) => field)).toEqual(["/fields"]);
    const { id, revision } = begun as unknown as { id: number; revision: number };
    await policyDrafts.discard({ actor: room(), id, revision, now: sundayNine });
    await change(changed);
    expect((await setup.of(programme)).types.get("complaint")?.fields.at(-1)?.type).toBe("boolean");
  });
});
