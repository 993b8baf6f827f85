/** The desk of a focal point among a million cases, against among ten thousand, with the same work on it. */
import { deepStrictEqual, ok } from "node:assert/strict";
import type { FocalDesk, HomeView } from "../../src/engine/measures/home-view.js";
import { type CopiedOffice, openBenchOffice, programme, sunday } from "../support/bench-office.js";
import {
  bothSizes,
  type Cloning,
  cloneCases,
  compared,
  large,
  receiveSome,
  seated,
  settle,
  small,
} from "../support/bench-scale.js";

export const name = "desk-scale";

/** Open cases of the two entities that are looked at, in either database. */
export const usual = 60;
const crowded = 2000;
const minutes = 60_000;

export interface Entities {
  readonly usual: string;
  readonly crowded: string;
}

/** `work`: which of the two desks a case lies on; the rest is history, one in ten of it open elsewhere. */
const copied = ({ usual: a, crowded: b }: Entities) => {
  const others = `(k.work is null and (k.ended or t.entity in ('${a}', '${b}')))`;
  const after = (column: string, days: number): string =>
    `case when ${others} then t.${column} + k.shift + interval '${days} days' end`;
  return {
    applications: { change: { source_id: "null" } },
    cases: {
      change: {
        entity: `case k.work when 'usual' then '${a}' when 'crowded' then '${b}' else t.entity end`,
        state: `case when ${others} then 'closed' else t.state end`,
        state_kind: `case when ${others} then 'final' else t.state_kind end`,
        first_resolved_at: after("received_at", 3),
        resolved_at: after("received_at", 3),
        closed_at: after("received_at", 10),
        next_due_at: "null",
      },
    },
    clocks: {
      change: { met_at: "case when k.ended and k.work is null then t.started_at + k.shift + interval '3 days' end" },
    },
  } as const;
};

/** Makes `size` cases of those that were really received; the two desks get the same ones in either database, spread all over. */
export async function fill(
  { owner }: CopiedOffice,
  size: number,
  entities: Entities,
  more: Cloning["copied"] = {},
): Promise<void> {
  await cloneCases(owner, {
    templates: `select id, row_number() over (order by id) - 1 as n from cases
      where entity is not null and not confidential and state_kind = 'open'`,
    clones: `select 1000000 + g as id, t.id as from_id, g.work, g.ended, case when g.work is null
          then (g.g * 7919::bigint % 17520 - 17519) * interval '1 hour' + interval '20 hours'
          else -(g.place * 37 % 400) * interval '1 hour' end as shift
      from (
        select g, g % 10 <> 0 as ended,
          case when p < ${usual} then 'usual' when p < ${usual + crowded} then 'crowded' end as work,
          case when p < ${usual} then p when p < ${usual + crowded} then p - ${usual} else g end as place
        from generate_series(0, ${size - 1}) g cross join lateral (select g * 7919::bigint % ${size} as p) p) g
      join templates t on t.n = g.place % (select count(*) from templates)`,
    copied: { ...copied(entities), ...more },
    indexes: "case_texts" in more ? ["case_texts_lexemes"] : [],
  });
  // What was received to copy from is on neither desk.
  await owner.query("update cases set state_kind = 'final', state = 'closed' where id < 1000000");
  await settle(owner);
}

const groupsOf = ({ desks }: HomeView): [string, number, number][] =>
  (desks[0] as FocalDesk).groups.map(({ group, count, cases }) => [group, count, cases.length]);

export async function run() {
  const office = await openBenchOffice();
  try {
    const { entities: busiest } = await receiveSome(office);
    const entities: Entities = { usual: busiest[1] ?? "", crowded: busiest[0] ?? "" };
    const { setup } = office;
    const { few, many, setUpSeconds } = await bothSizes(office, (copy, size) => fill(copy, size, entities));

    const questions = {
      [`${usual} open`]: { entity: entities.usual, open: usual, later: 0, must: true },
      [`${crowded} open`]: { entity: entities.crowded, open: crowded, later: 0, must: true },
      // The rate of thirty days is counted once in five minutes: this is how long whoever comes first waits for it.
      [`${usual} open, the first in five minutes`]: {
        entity: entities.usual,
        open: usual,
        later: 6 * minutes,
        must: false,
      },
    };
    const figures: Record<string, object> = {};
    let worst = 0;
    for (const [what, { entity, open, later, must }] of Object.entries(questions)) {
      const actor = seated(setup, "focal_point", entity);
      const home = (side: CopiedOffice) => (round: number) =>
        side.services.home({ actor, now: new Date(sunday.getTime() + round * later) });
      const took = await compared({
        few: home(few),
        many: home(many),
        check(ofFew, ofMany) {
          deepStrictEqual(groupsOf(ofFew), groupsOf(ofMany), `${what}: the same work has to lie on both desks`);
          deepStrictEqual((ofMany.desks[0] as FocalDesk).open, open, what);
          ok(groupsOf(ofMany).some(([, , shown]) => shown > 0));
        },
      });
      figures[what] = { ...took, open };
      if (must) worst = Math.max(worst, took.ratio);
    }
    return [
      {
        bench: name,
        ratio: worst,
        baseline: `the desk of a focal point among ${small} cases`,
        unit: `times the time among ${large} cases; the slower of an entity with ${usual} and one with ${crowded} open cases`,
        milliseconds: figures,
        setUpSeconds,
        postgres: office.version,
        programme,
      },
    ];
  } finally {
    await office.close();
  }
}
