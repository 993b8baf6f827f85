/** Who writes, through which channel, about what. */

import { formatCount } from "../../engine/formatting/counted-nouns.js";
import type { ChannelKind } from "../../engine/setup/channel-kinds.js";
import type { ExtraField, Setup } from "../../engine/setup/setup.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { ApplicationInput } from "../../features/intake/application-input.js";
import type { Arrival } from "./arrivals.js";
import { drawByEntity, type PopulationMaterial } from "./material.js";
import type { SeededRandom } from "./seeded-random.js";
import { type Told, wordsOf } from "./stories.js";

export interface WrittenApplication {
  readonly channel: string;
  readonly input: ApplicationInput;
}

/** How the public comes: the web and the telephone first. */
const channelWeights: Readonly<Record<ChannelKind, number>> = {
  web: 34,
  mobile: 28,
  contactCentre: 24,
  chatbot: 8,
  social: 6,
  email: 0,
  api: 0,
  office: 0,
  import: 0,
};

const letters = "abcdefghijklmnopqrstuvwxyz";

function digits(random: SeededRandom, n: number): string {
  return Array.from({ length: n }, () => random.int(0, 9)).join("");
}

function applicantOf(random: SeededRandom, material: PopulationMaterial, setup: Setup, language: "ar" | "en") {
  const category = random.pick([...setup.categories.values()].filter((c) => !c.retired)).code;
  const name = random.pick(material.names)[language];
  const mailbox = Array.from({ length: 8 }, () => random.pick([...letters])).join("");
  const nationalNumber = random.chance(0.6) ? `9${digits(random, 9)}` : null;
  const phone = random.chance(0.85) ? mobileOf(random.pick(["7", "8", "9"]), digits(random, 7)) : null;
  const email = random.chance(0.55) ? `${mailbox}@example.com` : null;
  return { category, name, nationalNumber, phone, email, sms: agrees(phone, email) };
}

/** A number of one of the three networks; of two of them no number begins with 3 or 4. */
const mobileOf = (network: string, rest: string): string =>
  `+9627${network}${network === "9" ? rest : rest.replace(/^[34]/, "0")}`;

/** Of a hundred who leave a telephone alone 96 agree to text messages, and half of those who leave an address too. No lot is drawn for it: all others stay as they were. */
function agrees(phone: string | null, email: string | null): boolean {
  if (phone === null) return false;
  return email === null ? Number(phone.slice(-2)) < 96 : Number(phone.slice(-1)) < 5;
}

interface Writing {
  readonly random: SeededRandom;
  readonly material: PopulationMaterial;
  readonly setup: Setup;
}

function answerTo(field: ExtraField, { setup, random }: Writing, governorate: string | null): unknown {
  switch (field.type) {
    case "choice":
      return random.pick(field.choices ?? []).code;
    case "entity":
      return random.pick([...setup.entities.values()].filter(({ retired, joining }) => !retired && joining === "live"))
        .code;
    case "location":
      return {
        governorate:
          governorate ?? random.pick([...setup.governorates.values()].filter(({ retired }) => !retired)).code,
      };
    case "file":
      return null;
    case "number":
      return random.int(field.min ?? 1, field.max ?? 90);
    case "boolean":
      return random.chance(0.5);
    case "date":
      return `2026-0${random.int(1, 9)}-1${random.int(0, 9)}`;
    case "text":
      return `${random.int(1000, 9999)}`;
  }
}

/** @param governorate where it is, where a story says so */
function fieldsOf(type: string, writing: Writing, governorate: string | null): Record<string, unknown> {
  const { setup, random } = writing;
  const fields = setup.types.get(type)?.fields ?? [];
  return Object.fromEntries(
    fields.filter((f) => f.required || random.chance(0.4)).map((f) => [f.code, answerTo(f, writing, governorate)]),
  );
}

function serviceOf(sector: string, { setup, material, random }: Writing): string | null {
  const services = [...setup.services.values()].filter(
    (s) => !s.retired && setup.entities.get(s.entity)?.sector === sector,
  );
  return services.length > 0 && random.chance(0.5)
    ? drawByEntity(random, material, services, ({ entity }) => entity).code
    : null;
}

/** What an applicant writes about, with the words for it. */
interface Topic {
  readonly type: string;
  readonly sector: string;
  readonly pillar: string | null;
  readonly subject: Bilingual;
  readonly bodies: readonly Bilingual[];
}

function anyTopic({ random, material, setup }: Writing): Topic {
  const types = Object.entries(material.types).filter(([code]) => setup.types.has(code));
  const [type, words] = random.weighted(types, ([, t]) => t.weight);
  const topic = random.pick(words.subjects);
  return { ...topic, type, bodies: words.bodiesByPillar?.[topic.pillar ?? ""] ?? words.bodies ?? [] };
}

function toldTopic(told: Told, setup: Setup): Topic {
  const { type, pillar, entity } = told.story;
  const { subject, body } = wordsOf(told);
  const { sector } = rowOf(setup.entities, entity);
  return { type, sector, pillar, subject, bodies: [body] };
}

function rowOf<Row>(rows: ReadonlyMap<string, Row>, code: string): Row {
  const row = rows.get(code);
  if (row === undefined) throw new Error(`there is no ${code}`);
  return row;
}

/** Some of those who name no service name the entity. */
function entityOf(sector: string, { random, material, setup }: Writing): string | null {
  const entities = [...setup.entities.values()].filter((e) => e.sector === sector && e.parent !== null && !e.retired);
  return entities.length > 0 && random.chance(0.35)
    ? drawByEntity(random, material, entities, ({ code }) => code).code
    : null;
}

/** The next application: about a story, or about anything. */
export function writeApplication(
  random: SeededRandom,
  material: PopulationMaterial,
  setup: Setup,
  { told, isUnplaced }: Pick<Arrival, "told" | "isUnplaced"> = { told: null, isUnplaced: false },
): WrittenApplication {
  const writing = { random, material, setup };
  const story = told?.story ?? null;
  const { type, sector, pillar, subject, bodies } = told === null ? anyTopic(writing) : toldTopic(told, setup);
  const language = random.chance(material.arabicPercent / 100) ? "ar" : "en";
  const governorate =
    story === null
      ? random.pick([...setup.governorates.values()].filter((g) => !g.retired))
      : rowOf(setup.governorates, random.pick(story.governorates));
  const description = random
    .pick(bodies)
    [language].replaceAll("{place}", governorate.name[language])
    // “Since 16 days”, “16 days ago”: behind a preposition in Arabic.
    .replaceAll("{days}", formatCount(random.int(3, 30), "day", "oblique")[language])
    .replaceAll("{subject}", subject[language])
    // A question that ends a sentence has its own sign.
    .replace(/([?\u061f!])\./g, "$1");
  const channels = [...setup.channels.values()].filter((c) => !c.retired && channelWeights[c.kind] > 0);
  const channel = random.weighted(channels, (c) => channelWeights[c.kind]).code;
  const service = story?.service ?? (story !== null || isUnplaced ? null : serviceOf(sector, writing));
  const anonymous = setup.types.get(type)?.anonymousAllowed === true && random.chance(0.5);
  const namesOne = service === null && !isUnplaced;
  return {
    channel,
    input: {
      ...{ programme: setup.programme.code, type, language, subject: subject[language], description, sector, service },
      entity: story?.entity ?? (namesOne ? entityOf(sector, writing) : null),
      governorate: governorate.code,
      pillar: story !== null || (pillar !== null && random.chance(0.7)) ? pillar : null,
      applicant: anonymous ? null : applicantOf(random, material, setup, language),
      fields: fieldsOf(type, writing, story === null ? null : governorate.code),
    },
  };
}
