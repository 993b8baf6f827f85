/** Names of fields that no page of ours has: as every object answers to them, as paths, and as places in a list without end. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openPortalApp, type PortalApp } from "../support/portal-app.js";
import { answerAll, answers, begin, followed, sameOrigin, submitted } from "../support/portal-ways.js";

let app: PortalApp;
beforeAll(async () => {
  app = await openPortalApp();
});
afterAll(() => app.close());

const names = [
  "toString",
  "valueOf",
  "__proto__",
  "constructor",
  "constructor.x",
  "hasOwnProperty",
  "a.0",
  "n".repeat(3000),
];

describe("a form with fields of strange names", () => {
  it("is taken without them, and nothing typed is lost", async () => {
    const who = app.visitor();
    const id = await begin(who);
    const strange = Object.fromEntries(names.map((name) => [name, "x"]));
    const own = Object.fromEntries(Object.entries(answers).map(([page, form]) => [page, { ...form, ...strange }]));
    await answerAll(who, id, own);
    const [draft] = await app.office.rows("select typed from application_drafts where id = $1", id);
    const typed = draft?.typed as Record<string, string>;
    expect(Object.keys(typed).filter((name) => names.includes(name))).toEqual([]);
    expect(typed.description).toContain("the hall");
  });

  it("also where it takes something back, presses a button, or names a page or an act", async () => {
    const { reference, code, id } = await submitted(app);
    const who = await followed(app, { reference, code });
    const other = app.visitor();
    const open = await begin(other);
    for (const name of names.slice(0, 6)) {
      const answered = [
        await other.post(`/en/apply/${open}/type`, { type: name, go: name, drop: name }),
        await other.post(`/en/apply/${open}/${name}`, { [name]: name }),
        await other.get(`/en/apply/${open}/${name}`),
        await other.post("/en/apply", { programme: name }),
        await other.get(`/${name}/apply/${id}`),
        await who.get(`/en/follow/${reference}/${name}`),
        await who.post(`/en/follow/${reference}/${name}`, { [name]: name }),
        await who.get(`/en/follow/${reference}?done=${name}`),
        await other.get(`/en?${name}=${name}`),
      ];
      expect([name, answered.filter(({ status }) => status >= 500)]).toEqual([name, []]);
    }
  });

  it.each(["a[toString]", "a[100000000]", "__proto__[x]", "a[0][constructor][prototype][y]"])(
    "a form with files does not read %s as a path",
    async (name) => {
      const who = app.visitor();
      const id = await begin(who);
      const began = performance.now();
      const { status } = await who.agent
        .post(`/en/apply/${id}/files`)
        .set(sameOrigin)
        .field(name, "x")
        // The list so made would be walked through, place by place.
        .field("a[b]", "x");
      expect([400, 413]).toContain(status);
      expect(performance.now() - began).toBeLessThan(20_000);
      expect(({} as Record<string, unknown>).x).toBeUndefined();
    },
  );
});
