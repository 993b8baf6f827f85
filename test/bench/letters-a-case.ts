/** How many letters officials get: of the demo's ninety days, a case, against the four that are wanted at most. */
import sql from "sql-template-tag";
import { populate, populationDays, usualApplications } from "../../src/app/demo/populate.js";
import type { ChannelKey } from "../../src/features/people/channel-key-store.js";
import { query } from "../../src/platform/db/query.js";
import { openBenchOffice, sunday } from "../support/bench-office.js";

export const name = "letters-a-case";

/** As many as the demo has. */
const applications = Number(process.env.DIWAN_BENCH_APPLICATIONS ?? usualApplications);
const wanted = 4;

interface Counted {
  readonly template: string;
  readonly letters: number;
}

export async function run() {
  const office = await openBenchOffice({ now: new Date(sunday.getTime() - (populationDays + 1) * 86_400_000) });
  try {
    const keys = new Map<string, ChannelKey>([...office.keys].map(([channel, { key }]) => [channel, key]));
    await populate(office.db, {
      to: sunday,
      applications,
      sealKey: "a key for measuring only, nothing is sealed with it",
      publicUrl: "https://diwan.example.jo/",
      files: `${process.env.TMPDIR ?? "/tmp"}/diwan-letters-a-case-${process.pid}`,
      keys,
      progress: (line) => process.stderr.write(`${line}\n`),
    });
    const [{ cases } = { cases: 0 }] = await query<{ cases: number }>(
      office.db,
      sql`select count(*)::integer as cases from cases`,
    );
    // What waits to be gathered, what a gathered letter told and what concerned nobody any more never left by itself.
    const counted = await query<Counted>(
      office.db,
      sql`select template, count(*)::integer as letters from messages
        where receiver_user is not null and state in ('pending', 'sent', 'kept') group by 1 order by 2 desc`,
    );
    const [taken] = await query(
      office.db,
      sql`select count(*)::integer as taken, percentile_disc(0.5) within group (order by e.at - c.assigned_at)::text as median
        from cases c join lateral (select min(at) as at from case_events e where e.case_id = c.id and e.type = 'case.taken') e on true
        where e.at is not null and c.transfer_count = 0`,
    );
    // What a rule marked leaves at once, whatever a position chose: what waited, was put together or was let go would be lost.
    const [mandatory] = await query(
      office.db,
      sql`select count(*)::integer as letters, count(*) filter (where state in ('gathering', 'gathered', 'lapsed'))::integer as lost
        from messages where receiver_user is not null and data ->> 'mandatory' = 'true'`,
    );
    // Days on which somebody got a digest and a gathered letter: in the morning they are one.
    const [twice] = await query(
      office.db,
      sql`select count(*)::integer as days from (select receiver_user, date_trunc('day', created_at) from messages
        where template in ('digest-focal-point', 'official-gathered') and state in ('pending', 'sent', 'kept')
        group by 1, 2 having count(distinct template) > 1) one`,
    );
    const letters = counted.reduce((sum, one) => sum + one.letters, 0);
    return [
      {
        bench: name,
        ratio: letters / cases / wanted,
        baseline: `${wanted} letters a case`,
        unit: "letters a case",
        cases,
        letters,
        lettersACase: letters / cases,
        byKind: Object.fromEntries(counted.map((one) => [one.template, one.letters])),
        taken,
        mandatory,
        digestAndGathered: twice,
      },
    ];
  } finally {
    await office.close();
  }
}
