/** Accounts: who can sign in, on which seats, with what they hold; invited, disabled and helped to a new password here. */

import { roleCodes, roleNames } from "../../engine/access/roles.js";
import { languageChoices } from "../../engine/formatting/language-names.js";
import { isLanguage } from "../../engine/text/languages.js";
import { msg } from "../../engine/text/msg.js";
import type { Language } from "../../engine/text/text.js";
import { type Call, defineResource, type Row, readSource } from "../../platform/admin/define-resource.js";
import { countOf, pageOf } from "../../platform/admin/listed-rows.js";
import type { Official } from "../../platform/admin/official.js";
import type { UserDetail } from "./people.js";
import { faultAt, programmeOf, textOf } from "./people-input.js";
import type { HeldSeatRow, ListedUser } from "./people-queries.js";
import { type When, whenOf } from "./seats.resource.js";

export const userStates = ["active", "invited", "disabled"] as const;
export type UserState = (typeof userStates)[number];

const stateNames = {
  active: msg("people.usersResource.stateNamesActive"),
  invited: msg("people.usersResource.stateNamesInvited"),
  disabled: msg("people.usersResource.stateNamesDisabled"),
} as const satisfies Record<UserState, unknown>;

function stateOf({ disabledAt, signsIn }: ListedUser): UserState {
  if (disabledAt !== null) return "disabled";
  return signsIn ? "active" : "invited";
}

function rowOf(user: ListedUser, now: Date): Row {
  const current = user.terms.filter(({ from, to }) => from <= now && (to === null || now < to));
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    language: user.language,
    state: stateOf(user),
    roles: [...new Set(current.map(({ role }) => role))],
    entity: current.flatMap(({ entity }) => entity ?? []),
    seats: current.map(({ seat, title, role, entity }) => ({ seat, title, role, entity })),
    secondFactor: user.secondFactor,
    createdAt: user.createdAt,
  };
}

type Asked = Pick<Call, "services" | "official" | "now">;
const searched = ["name", "email"];
const rows = async ({ services, official, now }: Asked): Promise<readonly Row[]> =>
  (await services.people.users({ actor: official.actor, now })).map((user) => rowOf(user, now));

/** What the page of a person is told besides the record. */
export interface UserView extends Pick<UserDetail, "taken" | "mayEdit" | "mayDisable" | "lastSignIn"> {
  readonly terms: readonly (HeldSeatRow & { readonly when: When })[];
  readonly elsewhere: boolean;
  readonly disabledAt: Date | null;
}

const languageOf = (value: unknown): Language => {
  if (isLanguage(value)) return value;
  throw faultAt("language", msg("people.usersResource.chooseOneOfTheTwo"));
};

/** By one's own account one goes with password and code: see the page “My account”. */
const notOneself = ({ id }: Row, { userId }: Official): boolean => id !== userId;

const actOf = ({ record, official, now }: Call) => ({ email: String(record?.email), by: official.actor, now });

export const users = defineResource({
  id: "users",
  label: msg("people.usersResource.people"),
  one: msg("people.usersResource.one"),
  group: "people",
  icon: "people",
  order: 0,
  access: { read: "users.read", write: "users.edit" },
  columns: [
    {
      name: "name",
      label: msg("people.usersResource.name"),
      type: "text",
      list: true,
      search: true,
      sort: true,
      edit: true,
      required: true,
    },
    {
      name: "email",
      label: msg("people.usersResource.eMail"),
      type: "text",
      ltr: true,
      list: true,
      search: true,
      sort: true,
    },
    { name: "seats", label: msg("people.usersResource.seatsNow"), type: "json", list: true },
    {
      name: "roles",
      label: msg("people.usersResource.role"),
      type: "choice",
      choices: roleCodes.map((value) => ({ value, label: roleNames[value] })),
      filter: true,
    },
    {
      name: "entity",
      label: msg("people.usersResource.entity"),
      type: "reference",
      reference: "entities",
      filter: true,
    },
    {
      name: "state",
      label: msg("people.usersResource.state"),
      type: "choice",
      choices: userStates.map((value) => ({ value, label: stateNames[value] })),
      list: true,
      filter: true,
      sort: true,
    },
    {
      name: "secondFactor",
      label: msg("people.usersResource.secondFactor"),
      type: "boolean",
      list: true,
      filter: true,
    },
    {
      name: "language",
      label: msg("people.usersResource.language"),
      type: "choice",
      choices: languageChoices(),
      filter: true,
      edit: true,
      required: true,
    },
    { name: "createdAt", label: msg("people.usersResource.since"), type: "moment", sort: true },
  ],
  title: ({ name }) => ({ ar: String(name), en: String(name) }),
  source: readSource({
    idForm: /^\d{1,9}$/,
    find: async (asked) => pageOf(await rows(asked), searched, asked),
    count: async (asked) => countOf(await rows(asked), searched, asked),
    async one({ id, services, official, now }) {
      const detail = await services.people.user({ id: Number(id), actor: official.actor, now });
      return detail === null ? null : rowOf(detail.user, now);
    },
  }),
  defaultSort: { column: "name", direction: "asc" },
  components: { list: "UserList", show: "UserPage", form: "UserForm" },
  async update(call) {
    const { input, before, record, services } = call;
    const was = { name: String(record?.name), language: languageOf(record?.language) };
    await services.people.edit({
      ...actOf(call),
      to: {
        name: input.name === undefined ? was.name : String(input.name ?? ""),
        language: input.language === undefined ? was.language : languageOf(input.language),
      },
      before: {
        name: typeof before.name === "string" ? before.name : was.name,
        language: before.language === undefined ? was.language : languageOf(before.language),
      },
    });
  },
  actions: {
    invite: {
      kind: "resource",
      label: msg("people.usersResource.actionsInviteLabel"),
      access: "users.edit",
      run: async ({ input, services, official, now }) => {
        const { userId, link } = await services.accounts.invite({
          email: textOf(input, "email"),
          name: textOf(input, "name"),
          language: languageOf(input.language),
          programme: programmeOf(input, official.actor, "users.edit"),
          by: official.actor,
          now,
        });
        return { userId, link };
      },
    },
    detail: {
      kind: "record",
      label: msg("people.usersResource.actionsDetailLabel"),
      access: "users.read",
      read: async ({ record, services, official, now }): Promise<UserView | null> => {
        const detail = await services.people.user({ id: Number(record?.id), actor: official.actor, now });
        if (detail === null) return null;
        const { user, taken, mayEdit, mayDisable, lastSignIn } = detail;
        const terms = user.terms.map((term) => ({ ...term, when: whenOf(term, now) }));
        const { elsewhere, disabledAt } = user;
        return { terms, elsewhere, disabledAt, taken, mayEdit, mayDisable, lastSignIn };
      },
    },
    disable: {
      kind: "record",
      label: msg("people.usersResource.actionsDisableLabel"),
      access: "users.edit",
      when: notOneself,
      run: (call) => call.services.people.disable(actOf(call)),
    },
    enable: {
      kind: "record",
      label: msg("people.usersResource.actionsEnableLabel"),
      access: "users.edit",
      run: (call) => call.services.people.enable(actOf(call)),
    },
    reset: {
      kind: "record",
      label: msg("people.usersResource.actionsResetLabel"),
      access: "users.edit",
      when: notOneself,
      run: async (call) => {
        const { link } = await call.services.accounts.resetFor(actOf(call));
        return { link };
      },
    },
    forgetSecondFactor: {
      kind: "record",
      label: msg("people.usersResource.actionsForgetSecondFactorLabel"),
      access: "users.edit",
      when: notOneself,
      run: (call) => call.services.accounts.secondFactor.removeFor(actOf(call)),
    },
  },
});
