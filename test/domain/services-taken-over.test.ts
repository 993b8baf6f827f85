/** A change-set that gives a service to another entity: what it says of cases that are open. */
import { expect, it } from "@jest/globals";
import type { Setup } from "../../src/engine/setup/setup.js";
import type { ImpactInput } from "../../src/features/policy/publication/impact-input.js";
import { takenOver } from "../../src/features/policy/publication/impact-on-cases.js";
import { shippedSetup } from "../support/shipped-setup.js";

const before: Setup = shippedSetup("jordan");
const code = "CSPD-PASSPORT";
const service = before.services.get(code);
if (service === undefined) throw new Error("the shipped set-up has no such service");
const from = service.entity;

/** The service is with the Ministry of Health; `more`: what else becomes of the entity that had it. */
function told(more: object, moves: ImpactInput["steps"]["moves"] = []) {
  const entities = new Map(before.entities);
  const old = entities.get(from);
  if (old === undefined) throw new Error("no such entity");
  entities.set(from, { ...old, ...more });
  const services = new Map([...before.services, [code, { ...service, entity: "MOH" } as typeof service & object]]);
  const after: Setup = { ...before, entities, services };
  return takenOver({ before, after, steps: { edits: [], seats: [], moves } } as unknown as ImpactInput);
}

it("says that they stay, and where they are listed, while their entity is there", () => {
  const [finding] = told({});
  expect(finding?.words.en).toMatch(/^From then on, .*\. Open cases stay with .*, which can transfer them\.$/);
  expect(finding?.words.ar).toMatch(/منذ ذلك الحين إلى .*، وتبقى الطلبات المفتوحة لدى/);
  expect(finding?.link).toContain(from);
});

it("says nothing of staying with an entity that ends, which has no open case", () => {
  const [finding] = told({ retired: true });
  expect(finding?.words.en).toMatch(/^From then on, /);
  expect(finding?.words.ar).toMatch(/منذ ذلك الحين إلى «[^»]+»\.$/);
  expect(finding?.link).toBeNull();
});

it("is silent where the cases are sent elsewhere: that is told of them", () => {
  expect(told({ retired: true }, [{ entity: from, to: "MOH", others: {} }])).toEqual([]);
});
