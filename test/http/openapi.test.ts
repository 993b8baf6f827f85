import { describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import request from "supertest";
import { createApi } from "../../src/features/intake/create-api.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import { fakeServices, sampleCode, sampleFiguresKey, sampleKey, sampleReference } from "../support/fake-services.js";

const isDateTime = (text: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text));

async function start() {
  const { services } = fakeServices();
  const app = createHttp(services, { limits: false, doors: [createApi(services)] });
  const document = (await request(app).get("/api/openapi.json")).body;
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    formats: { "date-time": isDateTime },
  });
  ajv.addKeyword("components");
  ajv.addSchema({ components: document.components }, "api");
  const faultsOf = (schema: string, value: unknown) => {
    const validate = ajv.getSchema(`api#/components/schemas/${schema}`);
    if (!validate) throw new Error(`no schema ${schema}`);
    return validate(value) ? [] : validate.errors;
  };
  return { app, document, faultsOf };
}

interface Media {
  schema: { $ref: string };
  examples?: Record<string, { value: unknown }>;
}
/** Every media type of the document with the place where it stands. */
function mediaOf(node: unknown, place = ""): [string, Media][] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([name, inner]) =>
    name === "content"
      ? Object.values(inner as Record<string, Media>).map((media): [string, Media] => [place, media])
      : mediaOf(inner, `${place}/${name}`),
  );
}

describe("the API's description", () => {
  it("is OpenAPI 3.1 and names every address that answers", async () => {
    const { document, app } = await start();
    expect(document.openapi).toBe("3.1.0");
    for (const [path, methods] of Object.entries<Record<string, object>>(document.paths)) {
      const url = path
        .replace("{reference}", sampleReference)
        .replace("{code}", "jordan")
        .replace("{id}", "0".repeat(32));
      for (const method of Object.keys(methods)) {
        const answer = await (method === "post" ? request(app).post(url).send({}) : request(app).get(url));
        expect([url, answer.status]).not.toEqual([url, 404]);
        expect([url, answer.status]).not.toEqual([url, 405]);
        expect(Object.keys((methods[method] as { responses: object }).responses)).toContain(String(answer.status));
      }
    }
  });
  it("has examples, and each holds against its own schema", async () => {
    const { document, faultsOf } = await start();
    let held = 0;
    for (const [place, media] of mediaOf(document.paths)) {
      for (const example of Object.values(media.examples ?? {})) {
        const schema = media.schema.$ref.split("/").at(-1) ?? "";
        expect([place, faultsOf(schema, example.value)]).toEqual([place, []]);
        held++;
      }
    }
    expect(held).toBeGreaterThanOrEqual(9);
  });
  it("tells a wrong example from a right one", async () => {
    const { faultsOf } = await start();
    expect(faultsOf("Application", { programme: "jordan", type: "complaint", subject: "x" })).not.toEqual([]);
    expect(
      faultsOf("Application", { programme: "j", type: "c", subject: "x", description: "y", sectr: "z" }),
    ).not.toEqual([]);
    expect(faultsOf("ReceivedApplication", { reference: "1" })).not.toEqual([]);
  });
  it("describes what really comes back", async () => {
    const { app, faultsOf } = await start();
    const sent = { programme: "jordan", type: "complaint", subject: "Queue", description: "Long." };
    const post = () => request(app).post("/api/v1/applications");
    const received = await post().set("authorization", `Bearer ${sampleKey}`).send(sent);
    const refused = await post()
      .set("authorization", `Bearer ${sampleKey}`)
      .send({ ...sent, type: "complant" });
    const followed = await request(app).get(`/api/v1/applications/${sampleReference}`).query({ code: sampleCode });
    const performed = await request(app)
      .post(`/api/v1/applications/${sampleReference}/actions`)
      .send({ code: sampleCode, action: "reply" });
    const programme = await request(app).get("/api/v1/programmes/jordan");
    const list = await request(app).get("/api/v1/programmes");
    const figures = await request(app)
      .get("/api/v1/kpi")
      .query({ from: "2026-10-01", to: "2026-11-01" })
      .set("authorization", `Bearer ${sampleFiguresKey}`);
    for (const [schema, answer, status] of [
      ["ReceivedApplication", received, 201],
      ["Problem", refused, 422],
      ["FollowedApplication", followed, 200],
      ["PerformedAction", performed, 200],
      ["Programme", programme, 200],
      ["ProgrammeList", list, 200],
      ["KpiReport", figures, 200],
    ] as const) {
      expect([schema, answer.status, faultsOf(schema, answer.body)]).toEqual([schema, status, []]);
    }
  });
});
