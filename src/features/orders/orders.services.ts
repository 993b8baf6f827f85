/** What orders offer to doors: what officials ask of each other. */
import type { Actor } from "../../engine/access/permissions.js";
import type { OrderForm, OrdersView } from "../../engine/lifecycle/views/order-views.js";
import type { DigestOrders } from "../../engine/measures/digest-orders.js";
import type { Setup } from "../../engine/setup/setup.js";
import type { OrderAsked } from "./issue-order.js";
import type { FigureSeen } from "./what-was-seen.js";

export interface OrderFormAsked {
  readonly actor: Actor;
  readonly now: Date;
  readonly programme?: string | undefined;
  readonly type?: string | undefined;
  readonly entity?: string | undefined;
  readonly about?: string | undefined;
  /** `room`: the operation room; left out: entities, unless the type says otherwise. */
  readonly to?: string | undefined;
  /** The figure that was looked at. */
  readonly seen: FigureSeen | null;
}

export interface OrderServices {
  /** Opens one order an entity. Problems: invalid-input (a fault a field), forbidden, not-found (the case it is about). */
  issue(a: OrderAsked): Promise<{ readonly references: readonly string[] }>;
  /** What the positions of the actor asked for, and what waits for them to answer. */
  read(a: { actor: Actor; now: Date; limit: number }): Promise<Omit<OrdersView, "form">>;
  /** What may be asked, of whom, with what is known already. Problem not-found where nothing may be. */
  form(a: OrderFormAsked): Promise<OrderForm>;
  /** What became of what some positions asked: what goes on, and what ended or was answered since. */
  told(a: { setup: Setup; seats: readonly number[]; since: Date; now: Date }): Promise<DigestOrders>;
  /** Entities that the actor may ask, by code. */
  addressable(a: { actor: Actor; programme: string }): Promise<readonly string[]>;
}

declare module "../../platform/services.js" {
  interface Services {
    readonly orders: OrderServices;
  }
}
