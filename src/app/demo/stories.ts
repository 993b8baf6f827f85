/**
 * What the demo's ninety days tell: the stories of the population's file, as the people of the demo live them. Where there is no story,
 * every office works as usual and differs from another by chance alone.
 */

import type { PopulationMaterial } from "./material.js";
import type { SeededRandom } from "./seeded-random.js";

export type Story = PopulationMaterial["stories"][number];
export type Phase = Story["phases"][number];

/** An application about a story: in which phase it comes, and as which of that phase. */
export interface Told {
  readonly story: Story;
  readonly phase: Phase;
  readonly nth: number;
}

const dayMs = 86_400_000;

/** The phase in which a story is, so many days before the end: the last that began; before all of them the first. */
export function phaseAt({ phases }: Story, { to, at }: { to: Date; at: Date }): Phase | undefined {
  const left = (to.getTime() - at.getTime()) / dayMs;
  return phases.filter(({ from }) => from >= left).at(-1) ?? phases[0];
}

/** The story of a case that its applicant sent: what is told, else that of the service that is named. */
export const storyOf = ({ stories }: PopulationMaterial, told: Told | null, service: string | null): Story | null =>
  told?.story ?? stories.find((story) => service !== null && story.service === service) ?? null;

/**
 * How an office deals with a case now: as usual, but for what the story says in this phase. Of the case's own story while it is at that
 * story's entity, else of the first that is about the whole entity.
 */
export function mannerOf(
  { material: { usual, stories }, to }: { readonly material: PopulationMaterial; readonly to: Date },
  lived: { readonly story: Story | null; readonly entity: string | null },
  at: Date,
): PopulationMaterial["usual"] & Pick<Phase, "answers" | "contacts"> {
  const own = lived.story?.entity === lived.entity ? lived.story : null;
  const story = own ?? stories.find(({ entity, service }) => entity === lived.entity && service === null);
  return story === undefined ? usual : { ...usual, ...phaseAt(story, { to, at }) };
}

/** What is drawn for a case of a story, each by a step of its own, so that none goes with another. */
const steps = { onTime: 0.6180339887, rated: 0.569840291, satisfied: 0.7548776662 } as const;

/**
 * Whether one of so many of a hundred falls on this case. Those of a story take turns, so that also few of them are as the story says;
 * all others draw.
 */
export function falls(random: SeededRandom, nth: number | null, what: keyof typeof steps, ofHundred: number): boolean {
  return nth === null ? random.chance(ofHundred / 100) : (((nth + 1) * steps[what]) % 1) * 100 < ofHundred;
}

/** Between which moments a phase's applications come, and how many of so many in all. None where the phase is over before `from`. */
export function comingOf(
  story: Story,
  { from, to, applications }: { from: Date; to: Date; applications: number },
): { phase: Phase; since: Date; until: Date; count: number }[] {
  const daysBefore = (days: number): Date => new Date(Math.max(from.getTime(), to.getTime() - days * dayMs));
  return story.phases.map((phase, i) => {
    const end = phase.days === undefined ? (story.phases[i + 1]?.from ?? 0) : phase.from - phase.days;
    const [since, until] = [daysBefore(phase.from), daysBefore(end)];
    return { phase, since, until, count: since < until ? Math.round((applications * phase.applications) / 100) : 0 };
  });
}

/** Subject and text of an application: until all of them were together, no two of a phase have both in common. */
export function wordsOf({ story, phase, nth }: Told) {
  const { subjects, bodies } = { subjects: phase.subjects ?? story.subjects, bodies: phase.bodies ?? story.bodies };
  const turn = nth % subjects.length;
  const [subject, body] = [subjects[turn], bodies[(turn + Math.floor(nth / subjects.length)) % bodies.length]];
  if (subject === undefined || body === undefined) throw new Error(`the story ${story.code} has no words`);
  return { subject, body };
}
