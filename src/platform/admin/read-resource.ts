/** Behind AdminJS, what is read by queries of its own: cases, messages, versions … Reads only; writes go through services. */

import { type ActionContext, BaseProperty, BaseRecord, BaseResource } from "adminjs";
import { askedOf, ListFilter } from "./asked.js";
import { mayOpen } from "./may.js";
import { nothingHere } from "./refusals.js";
import type { ResourceDefinition } from "./resource-definition.js";
import type { Asked, ListedPage, PageAsked, ReadSource, Row } from "./sources.js";

const maxRows = 100;

/** As AdminJS writes it. */
interface PageOptions {
  readonly limit?: number;
  readonly offset?: number;
  readonly sort?: { readonly sortBy?: string; readonly direction?: "asc" | "desc" };
}

export class ReadResource extends BaseResource {
  readonly #definition: ResourceDefinition;
  readonly #source: ReadSource;

  constructor(definition: ResourceDefinition, source: ReadSource) {
    super(definition);
    this.#definition = definition;
    this.#source = source;
  }

  override id(): string {
    return this.#definition.id;
  }
  override databaseName(): string {
    return "diwan";
  }
  override databaseType(): string {
    return "other";
  }
  override properties(): BaseProperty[] {
    const { columns } = this.#definition;
    return [
      new BaseProperty({ path: "id", type: "string", isId: true }),
      ...columns
        .filter(({ name }) => name !== "id")
        .map(({ name }) => new BaseProperty({ path: name, type: "string" })),
    ];
  }
  override property(path: string): BaseProperty | null {
    return this.properties().find((property) => property.name() === path) ?? null;
  }

  /** Who asks. Throws without an official; not-found for one to whom this resource is closed. */
  #asked(context: ActionContext | undefined): Asked {
    const asked = askedOf(context);
    if (!mayOpen(asked.official, this.#definition)) throw nothingHere();
    return asked;
  }

  #record(row: Row): BaseRecord {
    const record = new BaseRecord({ id: String(row.id) }, this);
    return Object.assign(record, { row });
  }

  #list(filter: unknown): ListFilter {
    if (!(filter instanceof ListFilter)) throw new Error("a list was asked without a filter of the gate");
    return filter;
  }

  override async find(filter: unknown, options: PageOptions, context?: ActionContext): Promise<BaseRecord[]> {
    const rows = await this.#source.find(this.#page(filter, options, context));
    return rows.map((row) => this.#record(row));
  }

  #page(filter: unknown, options: PageOptions, context: ActionContext | undefined): PageAsked {
    const { filters, search } = this.#list(filter);
    const { defaultSort } = this.#definition;
    return {
      ...this.#asked(context),
      filters,
      search,
      sort: { column: options.sort?.sortBy ?? defaultSort.column, direction: options.sort?.direction ?? "asc" },
      offset: Math.max(options.offset ?? 0, 0),
      limit: Math.min(Math.max(options.limit ?? maxRows, 1), maxRows),
    };
  }

  /** A page with the count of what it is a page of. */
  async listed(filter: unknown, options: PageOptions, context?: ActionContext): Promise<ListedPage> {
    const asked = this.#page(filter, options, context);
    if (this.#source.page !== undefined) return this.#source.page(asked);
    const rows = await this.#source.find(asked);
    const { sort: _sort, offset: _offset, limit: _limit, ...list } = asked;
    return { ...(await this.#source.count(list)), rows };
  }
  override async count(filter: unknown, context?: ActionContext): Promise<number> {
    const { filters, search } = this.#list(filter);
    return (await this.#source.count({ ...this.#asked(context), filters, search })).total;
  }

  /** What the action of this context needs of the record. */
  async #row(id: string, context: ActionContext | undefined): Promise<Row | null> {
    const asked = this.#asked(context);
    if (!this.#source.idForm.test(id)) return null;
    const { reach } = this.#source;
    const needs = this.#definition.actions?.[context?.action?.name ?? ""]?.needs;
    if (needs === "nothing") return { id };
    return reach !== undefined && needs === "reach" ? reach({ ...asked, id }) : this.#source.one({ ...asked, id });
  }

  /** Problem not-found for an unknown id and for a foreign one alike. */
  override async findOne(id: string, context?: ActionContext): Promise<BaseRecord> {
    const row = await this.#row(id, context);
    if (row === null) throw nothingHere();
    return this.#record(row);
  }

  override async findMany(ids: (string | number)[], context?: ActionContext): Promise<BaseRecord[]> {
    this.#asked(context);
    const found: BaseRecord[] = [];
    for (const id of ids.slice(0, maxRows).map(String)) {
      const row = await this.#row(id, context);
      if (row !== null) found.push(this.#record(row));
    }
    return found;
  }

  /** Names that references need: rows of these codes that the official may see. */
  async rowsOfCodes(codes: readonly string[], context: ActionContext): Promise<Row[]> {
    if (this.#source.names === undefined) return [];
    return [...(await this.#source.names({ ...this.#asked(context), codes })).values()];
  }

  override async create(): Promise<never> {
    throw new Error("records are written by their services");
  }
  override async update(): Promise<never> {
    throw new Error("records are written by their services");
  }
  override async delete(): Promise<never> {
    throw new Error("records are written by their services");
  }
}
