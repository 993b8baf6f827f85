/** Screens of the set-up, of people and of the reader's own account. */
export { KeyList } from "../../../features/intake/key-list.js";
export { Account } from "../../../features/people/accounts/account.js";
export { DutyRota } from "../../../features/people/duty-rota.js";
export { EntityTree } from "../../../features/people/entity-tree/entity-tree.js";
export { SeatForm } from "../../../features/people/seat-form.js";
export { SeatList } from "../../../features/people/seat-list.js";
export { SeatPage } from "../../../features/people/seat-page.js";
export { UserList } from "../../../features/people/user-list.js";
export { UserPage } from "../../../features/people/user-page.js";
export { SetupForm, SetupForm as UserForm } from "../../../features/setup/form/setup-form.js";
export { SetupList } from "../../../features/setup/form/setup-list.js";
export { SetupShow } from "../../../features/setup/form/setup-show.js";
export { HelpPage as Help } from "../help-page.js";
