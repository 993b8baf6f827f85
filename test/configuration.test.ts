/** Everything that is shipped: each rule with its examples, and what the rules together make of typical cases. */
import { readdirSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { compileCalendar } from "../src/engine/calendar/working-calendar.js";
import type { Application } from "../src/engine/lifecycle/case.js";
import { checkAgreement } from "../src/engine/rules/check-agreement.js";
import { checkRuleSet } from "../src/engine/rules/check-rule-set.js";
import { compileRuleSet } from "../src/engine/rules/compile-rule-set.js";
import { applicationFacts, emptyFacts, type Facts, factCatalogue } from "../src/engine/rules/fact-catalogue.js";
import type { EscalationStep } from "../src/engine/rules/outcomes.js";
import { type RuleSetDefinition, type RuleSetName, ruleSetNames } from "../src/engine/rules/rule-set.js";
import { describeFault } from "../src/engine/setup/configuration-fault.js";
import { shippedJson, shippedSetup } from "./support/shipped-setup.js";

const setups = { jordan: shippedSetup("jordan"), boston311: shippedSetup("boston311") };
type ProgrammeCode = keyof typeof setups;
const programmes = Object.keys(setups) as ProgrammeCode[];

function definitionOf(programme: ProgrammeCode, set: RuleSetName): RuleSetDefinition {
  return shippedJson("rules", programme, `${set}.json`);
}

const deciders = new Map<string, (facts: Facts) => ReturnType<ReturnType<typeof compileRuleSet>["decideCompiled"]>>();
function decide(programme: ProgrammeCode, set: RuleSetName, facts: Facts) {
  const key = `${programme}/${set}`;
  const decider = deciders.get(key) ?? compileRuleSet(definitionOf(programme, set)).decideCompiled;
  deciders.set(key, decider);
  return decider({ ...emptyFacts(factCatalogue(setups[programme])), ...facts });
}

describe("the shipped rules", () => {
  it("are five sets a programme and nothing else", () => {
    for (const programme of programmes) {
      expect(readdirSync(`rules/${programme}`).sort()).toEqual(ruleSetNames.map((name) => `${name}.json`).sort());
    }
  });

  it.each(programmes.flatMap((programme) => ruleSetNames.map((set) => [programme, set] as const)))(
    "%s %s has no fault and no warning",
    (programme, set) => {
      const faults = checkRuleSet(definitionOf(programme, set), setups[programme], `rules/${programme}/${set}.json`);
      expect(faults.map((fault) => describeFault(fault))).toEqual([]);
    },
  );

  it("are told alike by the engine and by its compiled form", async () => {
    for (const programme of programmes) {
      const catalogue = factCatalogue(setups[programme]);
      for (const set of ruleSetNames) {
        expect(await checkAgreement(definitionOf(programme, set), catalogue, set)).toEqual([]);
      }
    }
  });

  it("have ids that no other set uses for something else", () => {
    for (const programme of programmes) {
      const ids = ruleSetNames.flatMap((set) => definitionOf(programme, set).rules.map((rule) => rule.id));
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it("say in an example when they decide, and nearly all when they do not", () => {
    for (const programme of programmes) {
      for (const rule of ruleSetNames.flatMap((set) => definitionOf(programme, set).rules)) {
        expect(rule.examples.some((example) => !example.decides) ? null : rule.id).toBeNull();
      }
    }
  });
});

describe("the time that is promised", () => {
  const resolution = (facts: Facts) =>
    (decide("jordan", "sla", facts).outcome as { resolution: { amount: number } | null }).resolution?.amount ?? null;
  const firstResponse = (facts: Facts) =>
    (decide("jordan", "sla", facts).outcome as { firstResponse: unknown }).firstResponse;

  it.each(["complaint", "report"])("is the table of the defaults for a %s", (type) => {
    const table = { critical: [1, 1], high: [3, 1], normal: [10, 3], low: [15, 10] };
    for (const [importance, [usual, fast]] of Object.entries(table)) {
      for (const pillar of ["QUALITY", "PROCEDURE", "INFRA", null])
        expect(resolution({ type, importance, pillar })).toBe(usual);
      for (const pillar of ["TIME", "BEHAVIOUR"]) expect(resolution({ type, importance, pillar })).toBe(fast);
    }
  });

  it("is five days for an inquiry, fifteen for a suggestion, none for a compliment", () => {
    expect(resolution({ type: "inquiry", importance: "normal", pillar: "TIME" })).toBe(5);
    expect(resolution({ type: "suggestion", importance: "low" })).toBe(15);
    expect(resolution({ type: "compliment", importance: "low" })).toBeNull();
    expect(firstResponse({ type: "compliment", importance: "low" })).toBeNull();
  });

  it("asks for a first response after a third of it, at most three days; a working day has seven hours", () => {
    expect(firstResponse({ type: "complaint", importance: "critical" })).toEqual({
      amount: 7 / 3,
      unit: "workingHours",
    });
    expect(firstResponse({ type: "complaint", importance: "high" })).toEqual({ amount: 1, unit: "workingDays" });
    expect(firstResponse({ type: "inquiry", importance: "normal" })).toEqual({ amount: 35 / 3, unit: "workingHours" });
    expect(firstResponse({ type: "complaint", importance: "low" })).toEqual({ amount: 3, unit: "workingDays" });
  });
});

describe("the ladder of a case", () => {
  const ladder = (facts: Facts) => decide("jordan", "escalation", facts).outcome as readonly EscalationStep[];

  it("reaches every level up to the Prime Ministry, whatever the importance of a complaint", () => {
    for (const importance of ["low", "normal", "high", "critical"]) {
      const levels = ladder({ type: "complaint", importance, entity: "MOH" }).map((step) => step.level);
      expect([...new Set(levels)].sort()).toEqual([0, 1, 2, 3, 4]);
    }
  });

  it("raises a normal complaint without action after 48 hours, a critical one after 24", () => {
    const idle = (importance: string) =>
      ladder({ type: "complaint", importance, entity: "MOH" }).flatMap(({ when, level }) =>
        "idle" in when ? [{ ...when.idle, level }] : [],
      );
    expect(idle("normal")).toEqual([{ amount: 48, unit: "calendarHours", level: 1 }]);
    expect(idle("critical")).toEqual([{ amount: 24, unit: "calendarHours", level: 1 }]);
  });

  it("is empty for a compliment", () => {
    expect(ladder({ type: "compliment", importance: "low", entity: "MOH" })).toEqual([]);
  });

  it("never names one rule and level twice, so that each is enforced once", () => {
    for (const importance of ["low", "normal", "high", "critical"]) {
      const keys = ladder({ type: "report", importance, entity: null }).map((step) => `${step.ruleId} ${step.level}`);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});

interface PopulationSubject {
  readonly sector: string;
  readonly pillar?: string;
  readonly subject: { readonly ar: string; readonly en: string };
}

describe("applications of every day", () => {
  const setup = setups.jordan;
  const calendar = compileCalendar(setup.calendar.definition);
  const subjects = shippedJson<{ types: Record<string, { subjects: PopulationSubject[] }> }>(
    "seeds",
    "jordan",
    "population.json",
  ).types;

  function application(changes: Partial<Application>): Application {
    return {
      programme: "jordan",
      type: "complaint",
      channel: "web",
      language: "ar",
      subject: "",
      description: "",
      sector: null,
      entity: null,
      service: null,
      governorate: null,
      pillar: null,
      importance: null,
      category: null,
      anonymous: false,
      fields: {},
      receivedAt: new Date("2026-03-10T09:00:00Z"),
      imported: false,
      ...changes,
    };
  }
  const classify = (changes: Partial<Application>) =>
    decide("jordan", "classification", applicationFacts(application(changes), setup, calendar)).outcome as Record<
      string,
      unknown
    >;
  const route = (changes: Partial<Application>) =>
    (decide("jordan", "routing", applicationFacts(application(changes), setup, calendar)).outcome as { to: string }).to;

  it.each(["ar", "en"] as const)("are put under the pillar that is meant, from the words alone (%s)", (language) => {
    const wrong = (subjects.complaint?.subjects ?? []).flatMap(({ subject, pillar }) => {
      const decided = classify({ subject: subject[language], language }).pillar;
      return decided === pillar ? [] : [`${subject[language]}: ${String(decided)} instead of ${pillar}`];
    });
    expect(wrong).toEqual([]);
  });

  it.each(["ar", "en"] as const)(
    "reports of corruption go to the commission, confidential and high (%s)",
    (language) => {
      const reports = subjects.report?.subjects ?? [];
      expect(reports.length).toBeGreaterThan(5);
      for (const { subject } of reports) {
        const report = { type: "report", subject: subject[language], entity: "MOH", language };
        expect([subject[language], route(report), classify(report)]).toEqual([
          subject[language],
          "entity:JIACC",
          expect.objectContaining({ confidential: true, importance: "high" }),
        ]);
      }
    },
  );

  it("leave the applicant's own pillar alone", () => {
    expect(classify({ subject: "تأخر صرف المعونة", pillar: "QUALITY" }).pillar).toBeNull();
  });

  it("danger to life is critical, in either language and however it is written", () => {
    expect(classify({ subject: "أسلاكٌ مكشوفةٌ قرب المدرسة" }).importance).toBe("critical");
    expect(classify({ subject: "Exposed WIRES near the school" }).importance).toBe("critical");
    expect(classify({ subject: "استفسار عن مواعيد الدوام", type: "inquiry" }).importance).toBe("normal");
    expect(classify({ subject: "شكرًا لكم", type: "compliment" }).importance).toBe("low");
  });

  it("go to the service's entity, then to the one asked, then where the place decides, else to triage", () => {
    expect(route({ service: "CSPD-PASSPORT", entity: "MOI" })).toBe("service.entity");
    expect(route({ entity: "MOH" })).toBe("entity");
    expect(route({ sector: "WATER", governorate: "IRB" })).toBe("entity:YWC");
    expect(route({ sector: "HEALTH" })).toBe("sector.mainFocalPoint");
    expect(route({})).toBe("sector.mainFocalPoint");
  });
});

describe("names of states", () => {
  it("say in Arabic what happened, since they stand beside شكوى and استفسار alike", () => {
    const files = ["jordan", "boston311"].flatMap((programme) =>
      readdirSync(`workflows/${programme}`).map((file) => [programme, file] as const),
    );
    expect(files.length).toBeGreaterThan(5);
    const gendered: string[] = [];
    for (const [programme, file] of files) {
      const { states } = shippedJson<{ states: Record<string, { name: { ar: string } }> }>(
        "workflows",
        programme,
        file,
      );
      // An attribute that stands alone agrees with something: مغلقة, مفتوح. A noun or a verb of its own does not.
      for (const { name } of Object.values(states)) if (/^(م\S*|محالة)(\s|$)/.test(name.ar)) gendered.push(name.ar);
    }
    expect(gendered).toEqual([]);
  });
});

describe("the city of Boston needs no code", () => {
  it("promises one working day for a dead animal and nothing for an animal that was lost", () => {
    expect(decide("boston311", "sla", { type: "PICKUP_DEAD_ANIMAL" }).outcome).toMatchObject({
      resolution: { amount: 1, unit: "workingDays" },
    });
    expect(decide("boston311", "sla", { type: "ANIMAL_LOST" }).outcome).toMatchObject({ resolution: null });
  });

  it("classifies everything alike and sends it to the department that was named", () => {
    expect(decide("boston311", "classification", {}).outcome).toEqual({
      pillar: "SERVICE",
      importance: "normal",
      confidential: false,
    });
    expect(
      decide("boston311", "routing", { entity: "PARK", entityLive: true, type: "PICKUP_DEAD_ANIMAL" }).outcome,
    ).toEqual({ to: "entity" });
    expect(decide("boston311", "routing", { entityLive: false, type: "BED_BUGS" }).outcome).toEqual({
      to: "entity:ISD",
    });
  });
});
