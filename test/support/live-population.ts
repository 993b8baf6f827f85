/** Days of a small town, lived through the real services of a working office. */

import { populate } from "../../src/app/demo/populate.js";
import type { ApplicantWay } from "../../src/engine/letters/applicant-ways.js";
import { isKeylessKind } from "../../src/engine/setup/channel-kinds.js";
import type { ChannelKey } from "../../src/features/people/channel-key-store.js";
import { issueChannelKey } from "../../src/features/people/channel-key-store.js";
import { programme, sealKey, type WorkingOffice } from "./working-office.js";

/** The ninety days before `to`. The same numbers live the same days. */
export async function livePopulation(
  office: WorkingOffice,
  { to, applications, returned }: { to: Date; applications: number; returned?: Readonly<Record<ApplicantWay, number>> },
): Promise<void> {
  const keys = new Map<string, ChannelKey>();
  let issued = 0;
  for (const { code: channel, kind } of office.setup.channels.values()) {
    if (isKeylessKind(kind)) continue;
    const random = { bytes: (n: number) => Buffer.alloc(n, ++issued) };
    const key = await issueChannelKey(office.db, {
      programme,
      channel,
      label: "demo",
      random,
      by: { kind: "system", job: "test" },
      now: to,
    });
    keys.set(channel, { id: key.id, programme, channel });
  }
  await populate(office.db, {
    to,
    applications,
    sealKey,
    publicUrl: "https://diwan.example.jo/",
    files: office.files,
    keys,
    progress: () => undefined,
    ...(returned && { returned }),
  });
}
