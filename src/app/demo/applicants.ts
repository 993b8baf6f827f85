/** Who writes, through which channel, about what. */

import { formatCount } from "../../engine/formatting/counted-nouns.js";
import type { ChannelKind } from "../../engine/setup/channel-kinds.js";
import type { ExtraField, Setup } from "../../engine/setup/setup.js";
import type { ApplicationInput } from "../../features/intake/application-input.js";
import { drawByEntity, type PopulationMaterial } from "./material.js";
import type { SeededRandom } from "./seeded-random.js";

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

function answerTo(field: ExtraField, setup: Setup, random: SeededRandom): unknown {
  switch (field.type) {
    case "choice":
      return random.pick(field.choices ?? []).code;
    case "entity":
      return random.pick([...setup.entities.values()].filter(({ retired, joining }) => !retired && joining === "live"))
        .code;
    case "location":
      return { governorate: random.pick([...setup.governorates.values()].filter(({ retired }) => !retired)).code };
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

function fieldsOf(type: string, setup: Setup, random: SeededRandom): Record<string, unknown> {
  const fields = setup.types.get(type)?.fields ?? [];
  return Object.fromEntries(
    fields.filter((f) => f.required || random.chance(0.4)).map((f) => [f.code, answerTo(f, setup, random)]),
  );
}

function serviceOf(
  sector: string,
  { setup, material, random }: { setup: Setup; material: PopulationMaterial; random: SeededRandom },
): string | null {
  const services = [...setup.services.values()].filter(
    (s) => !s.retired && setup.entities.get(s.entity)?.sector === sector,
  );
  return services.length > 0 && random.chance(0.5)
    ? drawByEntity(random, material, services, ({ entity }) => entity).code
    : null;
}

/** The next application that somebody writes. */
export function writeApplication(random: SeededRandom, material: PopulationMaterial, setup: Setup): WrittenApplication {
  const types = Object.entries(material.types).filter(([code]) => setup.types.has(code));
  const [type, words] = random.weighted(types, ([, t]) => t.weight);
  const topic = random.pick(words.subjects);
  const language = random.chance(material.arabicPercent / 100) ? "ar" : "en";
  const governorate = random.pick([...setup.governorates.values()].filter((g) => !g.retired));
  const bodies = words.bodiesByPillar?.[topic.pillar ?? ""] ?? words.bodies ?? [];
  const description = random
    .pick(bodies)
    [language].replaceAll("{place}", governorate.name[language])
    // “Since 16 days”, “16 days ago”: behind a preposition in Arabic.
    .replaceAll("{days}", formatCount(random.int(3, 30), "day", "oblique")[language])
    .replaceAll("{subject}", topic.subject[language])
    // A question that ends a sentence has its own sign.
    .replace(/([?\u061f!])\./g, "$1");
  const channels = [...setup.channels.values()].filter((c) => !c.retired && channelWeights[c.kind] > 0);
  const channel = random.weighted(channels, (c) => channelWeights[c.kind]).code;
  const service = serviceOf(topic.sector, { setup, material, random });
  const entities = [...setup.entities.values()].filter(
    (e) => e.sector === topic.sector && e.parent !== null && !e.retired,
  );
  const anonymous = setup.types.get(type)?.anonymousAllowed === true && random.chance(0.5);
  return {
    channel,
    input: {
      programme: setup.programme.code,
      type,
      language,
      subject: topic.subject[language],
      description,
      sector: topic.sector,
      service,
      entity:
        service === null && entities.length > 0 && random.chance(0.35)
          ? drawByEntity(random, material, entities, ({ code }) => code).code
          : null,
      governorate: governorate.code,
      pillar: topic.pillar !== null && random.chance(0.7) ? topic.pillar : null,
      applicant: anonymous ? null : applicantOf(random, material, setup, language),
      fields: fieldsOf(type, setup, random),
    },
  };
}
