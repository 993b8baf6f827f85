/** The figures page of the whole programme, and a digest of a month that ended, among a million cases, against among fifty thousand. */
import { ok } from "node:assert/strict";
import type { FiguresDigest } from "../../src/engine/measures/digest-view.js";
import type { DigestTold } from "../../src/features/reports/digests/create-digests.js";
import { type CopiedOffice, openBenchOffice, programme, sunday } from "../support/bench-office.js";
import { bothSizes, cloneCases, compared, receiveSome, seated, settle, spread } from "../support/bench-scale.js";

export const name = "dashboard-scale";

const sizeOf = (variable: string, usual: number): number => Number(process.env[variable] ?? usual);
const few = sizeOf("DIWAN_BENCH_FEW", 50_000);
const many = sizeOf("DIWAN_BENCH_MANY", 1_000_000);
/** Figures are kept for a minute: who asks for another moment has them counted. */
const keptMs = 60_000;

const after = (column: string, days: string): string =>
  `case when k.ended then t.${column} + k.shift + ${days} * interval '1 day' end`;

/** Copies over two years, nine in ten of them answered, some late, reopened or rated; then their sums. */
export async function fill({ owner, services }: CopiedOffice, size: number): Promise<void> {
  const answered = after("received_at", "(1 + k.id % 9)");
  await cloneCases(owner, {
    templates:
      "select id, row_number() over (order by id) - 1 as n from cases where entity is not null and not confidential",
    clones: `select 1000000 + g as id, t.id as from_id, g % 10 <> 0 as ended, ${spread} as shift
      from generate_series(0, ${size - 1}) g join templates t on t.n = g % (select count(*) from templates)`,
    copied: {
      applications: { change: { source_id: "null" } },
      cases: {
        change: {
          state: "case when k.ended then 'closed' else t.state end",
          state_kind: "case when k.ended then 'final' else t.state_kind end",
          first_resolved_at: answered,
          resolved_at: answered,
          closed_at: after("received_at", "(11 + k.id % 9)"),
          resolution_working_seconds: "case when k.ended then 1200 + k.id * 7919::bigint % 400000 end",
          transfer_count: "case when k.id % 11 = 0 then 1 else 0 end",
          rating_invited_at: answered,
          // Without an event of its own only what was imported has a rating.
          imported: "true",
          rated_at: "case when k.ended and k.id % 3 = 0 then t.received_at + k.shift + interval '12 days' end",
          rating: "case when k.ended and k.id % 3 = 0 then 1 + k.id % 5 end",
          next_due_at: "null",
        },
      },
      clocks: {
        change: { met_at: "case when k.ended then t.started_at + k.shift + (1 + k.id % 9) * interval '1 day' end" },
      },
    },
  });
  // The letter of the month before was written: with it stands what was overdue then.
  await owner.query(
    `insert into digest_runs (programme, digest, due_at, ran_at, queued, overdue)
    values ($1, 'cabinet', '2026-10-04T05:00:00Z', '2026-10-04T05:00:00Z', 0, '{}')`,
    [programme],
  );
  await services.reports.rollups.rebuild({ now: sunday });
  await settle(owner);
}

export async function run() {
  const office = await openBenchOffice();
  try {
    await receiveSome(office);
    const { setup } = office;
    const sides = await bothSizes(office, fill, { few, many });
    const room = seated(setup, "operation_room");
    const at = (round: number) => new Date(sunday.getTime() + (round % 2) * (keptMs + 1000));
    const receivedOf = (side: CopiedOffice) => (round: number) =>
      side.services.figures.read({ actor: room, now: at(round), period: "2026-10", figure: "onTimeResolution" });
    const digest = (name: string) => (side: CopiedOffice) => async () =>
      side.services.digests.told({ name, at: sunday, programme });
    const [monthly, first] = [digest("cabinet"), digest("committee")];
    const tells = (ofFew: DigestTold, ofMany: DigestTold) => {
      for (const { data } of [ofFew, ofMany]) ok((data as unknown as FiguresDigest).now.received > 0);
    };
    const page = await compared({
      few: receivedOf(sides.few),
      many: receivedOf(sides.many),
      check(ofFew, ofMany) {
        for (const view of [ofFew, ofMany]) ok(view.asOf === sunday.toISOString(), "the sums have to answer");
        const [one, other] = [ofFew, ofMany].map(
          ({ figures }) => Number(figures.find(({ code }) => code === "received")?.now.value) || 0,
        ) as [number, number];
        const times = many / few;
        ok(Math.abs(other / one / times - 1) < 0.1, `${other} and ${one} received: not ${times} times as many`);
      },
    });
    const letter = await compared({ few: monthly(sides.few), many: monthly(sides.many), check: tells });
    const began = performance.now();
    await first(sides.many)();
    const firstMs = Math.round(performance.now() - began);
    return [
      {
        bench: name,
        ratio: page.ratio,
        baseline: `the figures page of the programme among ${few} cases`,
        unit: `times the time among ${many} cases`,
        milliseconds: { page, "digest of a month": letter, "the first digest of all": firstMs },
        setUpSeconds: sides.setUpSeconds,
        postgres: office.version,
        programme,
      },
    ];
  } finally {
    await office.close();
  }
}
