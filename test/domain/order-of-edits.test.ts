/** Edits of the set-up can be done one after the other, in whatever order they were written. */

import { describe, expect, it } from "@jest/globals";
import { isEnd, type SetupEdit, withEdit } from "../../src/features/setup/edited-rows.js";
import { orderOfEdits } from "../../src/features/setup/order-of-edits.js";
import { shippedSetup } from "../support/shipped-setup.js";

const setup = shippedSetup("jordan");
const names = { nameAr: "ج", nameEn: "N" };
const entity = (code: string, parent: string, sector = "INTERIOR"): SetupEdit => ({
  ...{ act: "create", table: "entities", code },
  values: { ...names, parent, sector, kind: "department" },
});
const retire = (table: "sectors" | "entities" | "services", code: string): SetupEdit => ({
  ...{ act: "retire", table, code },
});
const keys = (edits: readonly SetupEdit[]) => edits.map(({ act, table, code }) => `${act} ${table}/${code}`);
const orders = (edits: readonly SetupEdit[]): (readonly SetupEdit[])[] => [edits, [...edits].reverse()];

describe("what is added", () => {
  const edits: SetupEdit[] = [
    {
      ...{ act: "create", table: "reply_templates", code: "answer" },
      values: { ...names, types: ["complaint", "appeal"] },
    },
    { act: "update", table: "services", code: "DVLD-LICENCE", values: { entity: "BELOW" }, before: { entity: "DVLD" } },
    entity("BELOW", "ABOVE", "NEW"),
    entity("ABOVE", "MOI"),
    { act: "create", table: "sectors", code: "NEW", values: names },
    { act: "create", table: "application_types", code: "appeal", values: { ...names, workflow: "complaint" } },
  ];

  it.each(orders(edits))("comes before what refers to it (%#)", (...written) => {
    const done = keys(orderOfEdits(written, setup));
    expect(done).toHaveLength(edits.length);
    const at = (key: string) => done.indexOf(key);
    expect(at("create entities/ABOVE")).toBeLessThan(at("create entities/BELOW"));
    expect(at("create sectors/NEW")).toBeLessThan(at("create entities/BELOW"));
    expect(at("create entities/BELOW")).toBeLessThan(at("update services/DVLD-LICENCE"));
    expect(at("create application_types/appeal")).toBeLessThan(at("create reply_templates/answer"));
  });

  it("gives an entity its level, whatever order it was written in", () => {
    for (const written of orders(edits)) {
      const { entities } = orderOfEdits(written, setup).reduce(withEdit, setup);
      const level = entities.get("MOI")?.level ?? 0;
      expect([entities.get("ABOVE")?.level, entities.get("BELOW")?.level]).toEqual([level + 1, level + 2]);
    }
  });
});

describe("what goes out of use", () => {
  it("goes last, and what refers to it before it", () => {
    const sector = setup.entities.get("DVLD")?.sector ?? "";
    const written = [
      retire("sectors", sector),
      retire("entities", "PSD"),
      retire("entities", "DVLD"),
      retire("services", "DVLD-LICENCE"),
      entity("NEW", "MOI"),
    ];
    for (const order of orders(written)) {
      const done = orderOfEdits(order, setup);
      expect(done.findIndex(isEnd)).toBe(1);
      expect(keys(done).filter((key) => !key.includes("PSD"))).toEqual([
        "create entities/NEW",
        "retire services/DVLD-LICENCE",
        "retire entities/DVLD",
        `retire sectors/${sector}`,
      ]);
    }
  });

  it("is asked by where it stands once the others are done", () => {
    const moved: SetupEdit = {
      ...{ act: "update", table: "entities", code: "DVLD" },
      ...{ values: { parent: "MOF" }, before: { parent: "PSD" } },
    };
    const done = orderOfEdits([retire("entities", "MOF"), retire("entities", "DVLD"), moved], setup);
    expect(keys(done)).toEqual(["update entities/DVLD", "retire entities/DVLD", "retire entities/MOF"]);
  });
});

it("keeps the edits of one row in their order, and leaves a circle as it was written", () => {
  const back: SetupEdit = { act: "restore", table: "entities", code: "DVLD" };
  const renamed: SetupEdit = {
    ...{ act: "update", table: "entities", code: "DVLD" },
    ...{ values: { nameEn: "Other" }, before: { nameEn: "DVLD" } },
  };
  expect(orderOfEdits([back, renamed], setup)).toEqual([back, renamed]);
  const circle = [entity("ONE", "TWO"), entity("TWO", "ONE")];
  expect(orderOfEdits(circle, setup)).toHaveLength(2);
});
