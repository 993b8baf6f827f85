/** The working office with accounts made on demand, and short words for what they do. */

import type { Actor } from "../../src/engine/access/permissions.js";
import type { Accounts } from "../../src/features/people/accounts/accounts.js";
import { setPassword } from "../../src/features/people/user-store.js";
import { openWorkingOffice, programme, sundayNine, type WorkingOffice } from "./working-office.js";

export const password = "a password for tests";
export const by: Actor = { kind: "system", job: "test" };
export const later = (seconds: number) => new Date(sundayNine.getTime() + seconds * 1000);
/** The token in a link's address. */
export const tokenOf = (link: string | null) => /\/admin\/link\/([\w.-]+)$/.exec(link ?? "")?.[1] ?? "no link";

export interface AccountOffice {
  readonly office: WorkingOffice;
  readonly accounts: Accounts;
  /** A fresh account; with a password unless told otherwise. */
  account(given?: { password?: boolean }): Promise<{ userId: number; email: string }>;
  signIn(
    email: string,
    more?: { password?: string; address?: string; device?: string | null; now?: Date },
  ): ReturnType<Accounts["signIn"]>;
}

export async function openAccountOffice(): Promise<AccountOffice> {
  const office = await openWorkingOffice();
  const { accounts } = office.services;
  let counter = 0;
  return {
    office,
    accounts,
    async account(given = {}) {
      counter += 1;
      const email = `person-${counter}@example.jo`;
      const asked = { email, name: `Person ${counter}`, language: "en", programme, by, now: sundayNine } as const;
      const { userId } = await accounts.invite(asked);
      if (given.password !== false) await setPassword(office.db, { email, password, by, now: sundayNine });
      return { userId, email };
    },
    signIn: (email, more = {}) =>
      accounts.signIn({ email, password, address: `address of ${email}`, device: null, now: sundayNine, ...more }),
  };
}
