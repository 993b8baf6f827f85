/** The API's description of figures: one property a key figure, with its definition. */

import { type KpiCode, type KpiFigures, kpiFigures, kpis } from "../../engine/measures/kpi.js";
import { delayBands, noCounts } from "../../engine/measures/kpi-counts.js";
import { kpiDimensions } from "../../engine/measures/kpi-dimensions.js";
import { leastShown } from "../../engine/measures/small-cells.js";
import { codesOf } from "../../engine/registry.js";

type Schema = Readonly<Record<string, unknown>>;

const count = { type: "integer", minimum: 0 } as const;
const seconds = { type: ["integer", "null"], description: "Working seconds; null: no data" } as const;
const text = { type: "string" } as const;
const exact = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const each = (inner: Schema): Schema => ({ type: "object", additionalProperties: inner });
const ratioParts = {
  numerator: count,
  denominator: count,
  rate: { type: ["number", "null"], description: "numerator ÷ denominator; null: of nothing" },
};
const ratio = exact(ratioParts);
const times = { medianWorkingSeconds: seconds, p90WorkingSeconds: seconds };

const shapes: Readonly<Record<KpiCode, Schema>> = {
  received: count,
  resolved: count,
  closed: count,
  rejected: ratio,
  onTimeResolution: ratio,
  onTimeAmongResolved: ratio,
  firstResponse: exact({ ...ratioParts, ...times }),
  delayed: count,
  delayedByWorkingDays: exact(Object.fromEntries(delayBands.map((band) => [band, count]))),
  medianResolutionWorkingSeconds: seconds,
  p90ResolutionWorkingSeconds: seconds,
  reopened: ratio,
  appealed: ratio,
  settledAtFirstAnswer: ratio,
  satisfaction: exact({ ...ratioParts, responseRate: ratio }),
  satisfactionByTelephone: ratio,
  satisfactionByScale: each(exact({ n: count, mean: { type: "number" } })),
  escalated: each(ratio),
  backlog: exact({ open: count, ...times }),
  casesPerFocalPoint: exact({ open: count, focalPoints: count, each: { type: ["number", "null"] } }),
  clearance: ratio,
  misrouted: ratio,
  pauseShare: ratio,
  lettersReached: ratio,
  smsSent: ratio,
  smsDelivered: ratio,
  smsFailed: ratio,
  smsSegments: count,
};

const withheld = {
  ...exact({ withheld: { enum: ["few", "kept"] } }),
  description: [
    `Not shown: it is of fewer than ${leastShown} cases (few), or such a number could be reckoned from it (kept).`,
    "Received, answered, open and overdue of all and of an entity are always shown; of so few open cases the times are null.",
  ].join(" "),
};

const figures = () => ({
  ...exact(
    Object.fromEntries(
      codesOf(kpis).map((code) => [
        code,
        {
          description: `${kpis[code].definition.en} ${kpis[code].formula.en}`,
          anyOf: [shapes[code], { $ref: "#/components/schemas/Withheld" }],
        },
      ]),
    ),
  ),
});

const name = { anyOf: [{ $ref: "#/components/schemas/Bilingual" }, { type: "null" }] };
const including = { type: "array", items: text, description: "Entities that ended and whose figures are in its own" };
const date = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" };

/** Made where they are asked for: definitions are words. */
export const kpiSchemas = () => ({
  Withheld: withheld,
  KpiFigures: figures(),
  KpiReport: {
    ...exact({
      programme: text,
      from: date,
      to: date,
      asOf: { type: "string", format: "date-time", description: "All figures are as of then" },
      knownOn: { anyOf: [date, { type: "null" }], description: "null: as it is known now" },
      only: { anyOf: [exact({ property: text, code: text }), { type: "null" }] },
      entity: {
        anyOf: [exact({ code: text, name, including }), { type: "null" }],
        description: "Of which entity the figures are; of one that ended and was taken over, its successor",
      },
      figures: { $ref: "#/components/schemas/KpiFigures" },
      by: { enum: [...kpiDimensions] },
      groups: {
        type: "array",
        description: "One a code that has cases, in order of the code; an empty code stands for cases without one",
        items: {
          ...exact({ code: text, name, including, figures: { $ref: "#/components/schemas/KpiFigures" } }),
          required: ["code", "name", "figures"],
        },
      },
      confidentialCases: {
        type: ["integer", "null"],
        description:
          "Confidential cases are in no figure; at least so many came so far, in full tens; null: fewer than ten",
      },
    }),
    required: ["programme", "from", "to", "asOf", "knownOn", "only", "entity", "figures", "confidentialCases"],
  },
});

const parameter = (
  name: string,
  description: string,
  more: { schema?: Schema; required?: true; example?: string },
) => ({
  ...{ name, in: "query", description, schema: text },
  ...more,
});

export const kpiParameters = [
  parameter("from", "First day of the period, in the programme's zone", {
    ...{ required: true, schema: date, example: "2026-10-01" },
  }),
  parameter("to", "The day after the last", { required: true, schema: date, example: "2026-11-01" }),
  parameter("by", "A group for each code of this", { schema: { enum: [...kpiDimensions] }, example: "entity" }),
  parameter("only", "Only cases with this property, as PROPERTY:CODE; beside it `by` can be entity", {
    example: "pillar:TIME",
  }),
  parameter("entity", "Only cases of this entity", { example: "MOH" }),
  parameter(
    "knownOn",
    "A day that is over: the figures as they were known at its end. If omitted, as they are known now",
    {
      schema: date,
    },
  ),
];

/** A month of few figures. */
export const kpiExample = {
  programme: "jordan",
  from: "2026-10-01",
  to: "2026-11-01",
  asOf: "2026-11-29T07:42:00.000Z",
  knownOn: null,
  only: null,
  entity: null,
  figures: {
    ...kpiFigures(noCounts),
    received: 1204,
    resolved: 1102,
    onTimeResolution: { numerator: 947, denominator: 1101, rate: 0.8601271571298819 },
    satisfaction: { withheld: "few" },
  } satisfies Record<KpiCode, KpiFigures[KpiCode] | { withheld: string }>,
  confidentialCases: 20,
};
