/** Names in what is sent that every object answers to, or that read as paths: refused by name, wherever something is looked up by them. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { allPages } from "../../src/app/office/all-pages.js";
import { allResources } from "../../src/app/office/all-resources.js";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";
import { type Asked, askedOf, askedOfPage, askedWithStrangeNames, strangeNames } from "../support/walk-admin.js";

let app: AdminApp;
let room: SignedIn;
let reference = "";
/** A record of each resource that the room may see. */
const ids = new Map<string, readonly string[]>();

beforeAll(async () => {
  app = await openAdminApp();
  ({ reference } = await app.office.receive());
  room = await app.signIn("operation_room");
  for (const { id } of allResources) {
    const [record] = (await room.list(id)).body.records as { id: string }[];
    ids.set(id, [record?.id ?? "1"]);
  }
});
afterAll(() => app?.close());

function* everything(): Generator<Asked> {
  for (const resource of allResources) yield* askedOf(resource, { words: [], ids: ids.get(resource.id) as string[] });
  for (const page of allPages) yield* askedOfPage(page, { words: [] });
}

const sample = (n: number, one: string) =>
  `/admin/api/${["resources/pillars/actions/new", `resources/pillars/records/${one}/edit`, `resources/cases/records/${reference}/perform`, "pages/policy"][n]}`;

interface Refused {
  readonly code: string;
  readonly detail: { readonly en: string; readonly ar: string };
  readonly faults: readonly { readonly field: string; readonly reason: { readonly en: string } }[];
}

describe("names at the top of a body", () => {
  it("every resource, action and page that takes a body refuses them, and says which", async () => {
    const counts = { refused: 0, closed: 0 };
    for (const { address, post } of askedWithStrangeNames(everything())) {
      const answer = await room.post(address, post);
      // Closed to this seat, or to this method: not read at all.
      if ([403, 404, 405].includes(answer.status)) {
        counts.closed += 1;
        continue;
      }
      expect([address, answer.status]).toEqual([address, 400]);
      expect((answer.body.problem as Refused).faults).toHaveLength(strangeNames.length);
      counts.refused += 1;
    }
    expect(counts.refused).toBeGreaterThan(100);
    expect(counts.refused).toBeGreaterThan(counts.closed);
  });

  it.each([...strangeNames, "__proto__"])("%j alone is refused, and named in both languages", async (name) => {
    for (const n of [0, 1, 2, 3]) {
      const path = sample(n, ids.get("pillars")?.[0] as string);
      const text = `{"values":{},"do":"check",${JSON.stringify(name)}:{"x":"true"}}`;
      const { status, body } = await room.agent
        .post(path)
        .set({ "sec-fetch-site": "same-origin", "content-type": "application/json" })
        .send(text);
      expect([path, status]).toEqual([path, 400]);
      const { code, detail, faults } = body.problem as Refused;
      expect(code).toBe("malformed-request");
      const shown = name.slice(0, 60);
      expect([detail.en.includes(shown), detail.ar.includes(shown), faults[0]?.field]).toEqual([
        true,
        true,
        `/${name.slice(0, 100)}`,
      ]);
    }
  });

  it("a name that a column has as well changes nothing of what an action gets", async () => {
    // AdminJS would have made a boolean of this text.
    const { body } = await room.create("pillars", { code: "X1", retired: "true" });
    expect(body.problem.faults.map(({ field }: { field: string }) => field)).toContain("/retired");
  });
});

describe("names further in", () => {
  it.each(["toString", "valueOf", "hasOwnProperty", "constructor", "__proto__"])(
    "%s in a form, in what it was filled with, in an act's fields and in a definition",
    async (name) => {
      const bodies: [string, string][] = [
        [sample(0, ""), `{"values":{"${name}":"x"}}`],
        [sample(1, ids.get("pillars")?.[0] as string), `{"values":{},"before":{"${name}":"x"}}`],
        [sample(2, ""), `{"action":"take","fields":{"${name}":"x"}}`],
        [
          sample(3, ""),
          `{"do":"check","programme":"jordan","kind":"workflow","name":"complaint","definition":{"states":{"${name}":{}}}}`,
        ],
      ];
      for (const [path, text] of bodies) {
        const { status, body } = await room.agent
          .post(path)
          .set({ "sec-fetch-site": "same-origin", "content-type": "application/json" })
          .send(text);
        expect([path, status]).toEqual([path, 400]);
        expect((body.problem as Refused).detail.en).toContain(name);
        expect((body.problem as Refused).faults[0]?.field.endsWith(`/${name}`)).toBe(true);
      }
    },
  );

  it("a field of a type may not be called so, since answers are looked up by it", async () => {
    const [type] = (await room.list("application-types")).body.records as { id: string; values: { fields: unknown } }[];
    const field = (code: string) => ({ code, name: { ar: "حقل", en: "Field" }, type: "text", required: false });
    for (const code of ["toString", "valueOf", "constructor"]) {
      const answer = await room.edit(
        "application-types",
        type?.id as string,
        { fields: [field(code)] },
        {
          fields: type?.values.fields,
        },
      );
      expect([code, answer.status]).toEqual([code, 422]);
      expect(JSON.stringify(answer.body.problem.faults)).toContain(code);
    }
  });
});

describe("names in addresses, and values that are looked up", () => {
  const words = ["toString", "__proto__", "constructor.x"];

  it("parameters, filters and sorts of every list and page", async () => {
    for (const { id } of allResources) {
      for (const word of words) {
        for (const query of [
          `${word}=1`,
          `filters.${word}=1`,
          `filters.${word}~~from=1`,
          `sortBy=${word}`,
          `direction=${word}`,
        ]) {
          const { status, body } = await room.get(`/admin/api/resources/${id}/actions/list?${query}`);
          if (status === 404) continue;
          expect([id, query, status]).toEqual([id, query, 400]);
          expect(body.problem.faults[0].field).toMatch(/^\?/);
        }
      }
    }
    for (const page of allPages) {
      for (const word of words) {
        const path = `/admin/api/pages/${page.name}`;
        const answer = await room.get(`${path}?${word}=1`);
        if (answer.status !== 404) expect([path, word, answer.status]).toEqual([path, word, 400]);
        for (const name of page.query ?? []) {
          const given = await room.get(`${path}?${name}=${word}`);
          expect([path, name, word, given.status < 500]).toEqual([path, name, word, true]);
        }
      }
    }
  });

  it("what is told of a policy is words, whatever it is called", async () => {
    for (const word of words) {
      for (const kind of ["rules", "workflow", "calendar", "message", "digest"]) {
        const { status } = await room.page("policy", { programme: "jordan", kind, name: word });
        expect([kind, word, status]).toEqual([kind, word, 404]);
      }
    }
  });
});
