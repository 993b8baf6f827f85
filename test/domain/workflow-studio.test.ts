/** The workflow studio's reckonings: reading whatever was written, and edits that touch only their place. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { withEffectSet, withFieldsOf } from "../../src/engine/workflow/effect-fields.js";
import { type EffectName, effectNames } from "../../src/engine/workflow/effects.js";
import { effectFindings } from "../../src/engine/workflow/lint-effects.js";
import type { WorkflowAction, WorkflowDefinition } from "../../src/engine/workflow/workflow-definition.js";
import {
  codeFrom,
  fieldCodeFrom,
  inOrder,
  putAction,
  putState,
  putTimers,
  rawAction,
  rawState,
  removeAction,
  removeState,
  usesOfAction,
  usesOfState,
  withMember,
} from "../../src/features/policy/workflow/edit-workflow.js";
import { layoutWorkflow, pathThrough } from "../../src/features/policy/workflow/layout-workflow.js";
import {
  faultsOfState,
  otherFaults,
  readWorkflow,
  targetsOf,
  type WorkflowView,
} from "../../src/features/policy/workflow/workflow-model.js";

const root = new URL("../../workflows/", import.meta.url).pathname;
const shipped = readdirSync(root, { withFileTypes: true })
  .filter((folder) => folder.isDirectory())
  .flatMap(({ name }) => readdirSync(join(root, name)).map((file) => join(root, name, file)))
  .map((path) => JSON.parse(readFileSync(path, "utf8")) as WorkflowDefinition);
const complaint = shipped.find(({ workflow }) => workflow === "complaint") as WorkflowDefinition;
const view = (definition: unknown): WorkflowView => {
  const read = readWorkflow(definition);
  if (read === null) throw new Error("no workflow");
  return read;
};

describe("a workflow as it is shown", () => {
  it("shows all states, actions, fields and timers of each shipped one", () => {
    expect(shipped.length).toBeGreaterThan(5);
    for (const one of shipped) {
      const read = view(one);
      expect(read.states.map(({ code }) => code)).toEqual(Object.keys(one.states));
      expect(read.actions.map(({ code, fields }) => [code, fields.map((field) => field.code)])).toEqual(
        Object.entries(one.actions).map(([code, action]) => [code, Object.keys(action.fields)]),
      );
      expect(read.timers.map(({ id }) => id)).toEqual(one.timers.map(({ id }) => id));
    }
  });

  it("reads anything that somebody may write, and lays it out", () => {
    const odd = fc.anything({ maxDepth: 5, withNullPrototype: false });
    const some = fc.record({
      states: fc.dictionary(fc.string(), odd),
      actions: fc.dictionary(fc.string(), odd),
      timers: odd,
    });
    fc.assert(
      fc.property(fc.oneof(odd, some), (definition) => {
        const read = readWorkflow(definition);
        if (read !== null) layoutWorkflow(read, "rtl", ({ name }) => name.ar);
      }),
    );
  });

  it("tells each finding at one place: a state, an action, or the whole", () => {
    const fault = (field: string) => ({ field, reason: { en: field, ar: field }, severity: "error" as const });
    const faults = ["/states/triage", "/triage", "/timers/0/action", "/actions/take/from/0", "/workflow"].map(fault);
    const read = view(complaint);
    const at = (code: string) => {
      const state = read.states.find((one) => one.code === code);
      return state === undefined ? [] : faultsOfState(faults, state).map(({ field }) => field);
    };
    expect(at("triage")).toEqual(["/states/triage", "/triage"]);
    expect(at("waiting_applicant")).toEqual(["/timers/0/action"]);
    expect(otherFaults(faults, read).map(({ field }) => field)).toEqual(["/workflow"]);
  });
});

describe("edits", () => {
  it("change nothing where nothing is changed", () => {
    for (const one of shipped) {
      for (const code of Object.keys(one.states)) {
        const again = putState(one, code, rawState(one, code));
        expect(JSON.stringify(again)).toBe(JSON.stringify(one));
        const timers = one.timers.filter(({ state }) => state === code);
        expect(JSON.stringify(putTimers(one, code, timers))).toBe(JSON.stringify(one));
      }
      for (const code of Object.keys(one.actions)) {
        const again = putAction(one, code, inOrder(rawAction(one, code), []));
        expect(JSON.stringify(again)).toBe(JSON.stringify(one));
      }
    }
  });

  it("keep what they do not know", () => {
    const odd = { ...complaint, $schema: "x", states: { ...complaint.states, triage: { colour: 7 } } };
    const next = putState(odd, "triage", { ...rawState(odd, "triage"), kind: "open" });
    expect(next).toMatchObject({ $schema: "x", states: { triage: { colour: 7, kind: "open" } } });
  });

  it("take a state out with its timers and from what starts in it, and leave ways to it for a person", () => {
    const next = removeState(complaint, "waiting_applicant");
    expect(view(next).states.map(({ code }) => code)).not.toContain("waiting_applicant");
    expect(view(next).timers.map(({ state }) => state)).not.toContain("waiting_applicant");
    expect(view(next).actions.filter(({ from }) => from.includes("waiting_applicant"))).toEqual([]);
    expect(view(next).actions.filter((one) => targetsOf(one).includes("waiting_applicant")).length).toBe(1);
    expect(usesOfState(complaint, "waiting_applicant")).toMatchObject({ timers: ["no-reply-10-days"], starts: [] });
    expect(usesOfState(complaint, "triage").starts).toEqual(["triage"]);
  });

  it("take an action out with the timers that would perform it", () => {
    const [timer] = complaint.timers;
    expect(usesOfAction(complaint, timer?.action ?? "").timers).toEqual([timer?.id]);
    const next = removeAction(complaint, timer?.action ?? "");
    expect(view(next).timers.map(({ id }) => id)).not.toContain(timer?.id);
  });

  it("make codes of names, each only once", () => {
    expect(codeFrom("Waiting for the Court!", [], "state")).toBe("waiting_for_the_court");
    expect(codeFrom("Waiting", ["waiting", "waiting_2"], "state")).toBe("waiting_3");
    expect(codeFrom("بانتظار", [], "state")).toBe("state");
    expect(codeFrom("2nd look", ["state_2nd_look"], "state")).toBe("state_2nd_look_2");
    expect(fieldCodeFrom("Phone number", ["phoneNumber"])).toBe("phoneNumber2");
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (name, taken) => {
        const code = codeFrom(name, taken, "state");
        expect(taken).not.toContain(code);
        expect(code).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
        expect(fieldCodeFrom(name, taken)).toMatch(/^[a-z][A-Za-z0-9]*$/);
      }),
    );
  });

  it("name a member whatever it is called", () => {
    expect(Object.keys(withMember({}, "__proto__", 1))).toEqual(["__proto__"]);
    expect(JSON.stringify(inOrder({ a: 1, b: 2, c: 3 }, ["c", "a"]))).toBe('{"c":3,"a":1,"b":2}');
  });
});

describe("an effect that is chosen", () => {
  it.each(effectNames.filter((name) => name !== "withdraw"))("%s brings what it needs", (name: EffectName) => {
    const chosen = name === "mention" ? withEffectSet(["mention"], "note", true) : [name];
    const fields = chosen.reduce<Readonly<Record<string, unknown>>>((all, one) => withFieldsOf(one, all), {});
    const action = {
      ...complaint.actions.take,
      by: ["reply", "rate"].includes(name) ? ["applicant"] : ["focal_point"],
      effects: chosen,
      fields,
    } as unknown as WorkflowAction;
    const found = effectFindings("tried", action, complaint).filter(({ path }) => path.includes("/fields"));
    expect(found).toEqual([]);
  });
  it("stands behind what it adds to", () => {
    expect(withEffectSet(["respond", "mention"], "note", true)).toEqual(["respond", "note", "mention"]);
  });
});

describe("the layout", () => {
  it("goes along the line of reading and lets no two states overlap", () => {
    for (const direction of ["ltr", "rtl"] as const) {
      const { states } = layoutWorkflow(view(complaint), direction, ({ name }) => name.en);
      for (const [i, a] of states.entries()) {
        for (const b of states.slice(i + 1)) {
          const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
          expect([a.state.code, b.state.code, apart]).toEqual([a.state.code, b.state.code, true]);
        }
      }
      const x = (code: string) => states.find(({ state }) => state.code === code)?.x ?? Number.NaN;
      expect(Math.sign(x("in_progress") - x("triage"))).toBe(direction === "ltr" ? 1 : -1);
    }
  });
  it("draws a way through its points", () => {
    expect(
      pathThrough([
        { x: 0, y: 0 },
        { x: 10, y: 0 },
        { x: 20, y: 10 },
      ]),
    ).toBe("M 0,0 Q 10,0 15,5 L 20,10");
    expect(pathThrough([])).toBe("");
  });
});
