/**
 * Set-up tables behind AdminJS: its Sequelize adapter, inside what the official may read and with allow-listed columns only.
 *
 * AdminJS hands the context of the action to find, count, findOne and findMany, so that one class can hold the scope for
 * all of them. Without a context nothing is read. Nothing is written here: writes go through services.
 */

import { Resource } from "@adminjs/sequelize";
import { type ActionContext, BaseRecord } from "adminjs";
import {
  cast,
  col,
  where as compare,
  DataTypes,
  fn,
  type Model,
  type ModelStatic,
  Op,
  type Order,
  type WhereOptions,
} from "sequelize";
import { nameFinder } from "../../engine/search/name-finder.js";
import { storedLanguageOf } from "../../engine/text/languages.js";
import { normaliseText } from "../../engine/text/normalise-text.js";
import { askedOf, ListFilter } from "./asked.js";
import { mayOpen, programmesWhere } from "./may.js";
import { readIn } from "./official.js";
import { nothingHere } from "./refusals.js";
import type { Column, ResourceDefinition } from "./resource-definition.js";
import type { FilterValue, ModelSource } from "./sources.js";

type AnyModel = ModelStatic<Model>;
type Attributes = Readonly<Record<string, { type: unknown; field?: string }>>;

const maxRows = 100;
const nobody: WhereOptions = { id: null };

/** Attributes behind a column. */
const attributesOf = ({ name, type }: Column): readonly string[] =>
  type === "bilingual" ? [`${name}Ar`, `${name}En`] : [name];

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

// What normaliseText does to the words that are looked for, as far as one call of the database can do it to a column.
const lettersFrom = "أإآٱىةؤئ٠١٢٣٤٥٦٧٨٩";
const lettersTo = "اااايهوي0123456789";
const leftOut = "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670";

const contains = (model: AnyModel, attribute: string, text: string): WhereOptions => {
  const field = (model.getAttributes() as Attributes)[attribute]?.field ?? attribute;
  const column = fn(
    "translate",
    fn("lower", cast(col(`${model.name}.${field}`), "text")),
    lettersFrom + leftOut,
    lettersTo,
  );
  return compare(column, { [Op.like]: `%${escapeLike(normaliseText(text))}%` }) as unknown as WhereOptions;
};

const between = (attribute: string, from: unknown, to: unknown): WhereOptions => ({
  [attribute]: { ...(from !== null && { [Op.gte]: from }), ...(to !== null && { [Op.lte]: to }) },
});

function condition(model: AnyModel, column: Column, value: FilterValue): WhereOptions {
  if (value.kind === "oneOf") return { [column.name]: [...value.values] };
  if (value.kind === "numbers" || value.kind === "dates" || value.kind === "moments") {
    return between(column.name, value.from, value.to);
  }
  if (value.kind === "text") {
    return { [Op.or]: attributesOf(column).map((attribute) => contains(model, attribute, value.text)) };
  }
  // “Retired” is a moment in the table and a yes or no to people.
  const { type } = (model.getAttributes() as Attributes)[column.name] ?? {};
  if (type instanceof DataTypes.BOOLEAN) return { [column.name]: value.value };
  return { [column.name]: value.value ? { [Op.ne]: null } : null };
}

export class ScopedResource extends Resource {
  readonly #model: AnyModel;
  readonly #definition: ResourceDefinition;
  readonly #source: ModelSource;
  readonly #shown: readonly string[];
  readonly #read: readonly string[];

  /** Throws when a column of the definition is none of the table. */
  constructor(model: AnyModel, definition: ResourceDefinition, source: ModelSource) {
    super(model as never);
    this.#model = model;
    this.#definition = definition;
    this.#source = source;
    this.#shown = definition.columns.flatMap(attributesOf);
    const known = model.getAttributes();
    const read = new Set([
      "id",
      ...this.#shown,
      ...source.also,
      ...(source.programme === null ? [] : [source.programme]),
    ]);
    this.#read = [...read];
    const unknown = this.#read.filter((attribute) => known[attribute] === undefined);
    if (unknown.length > 0) throw new Error(`Resource “${definition.id}”: no such columns: ${unknown.join(", ")}`);
  }

  override id(): string {
    return this.#definition.id;
  }
  override properties() {
    const names = new Set(["id", ...this.#shown]);
    return super.properties().filter((property) => names.has(property.name()));
  }
  override property(path: string) {
    return path === "id" || this.#shown.includes(path) ? super.property(path) : null;
  }

  /** What the official of this context may read at all. Throws without one. */
  #scope(context: ActionContext | undefined): WhereOptions {
    const { official } = askedOf(context);
    const { programme } = this.#source;
    const { read } = this.#definition.access;
    if (programme === null) return mayOpen(official, this.#definition) ? {} : nobody;
    if (typeof read === "function") return nobody;
    return { [programme]: [...programmesWhere(official, read)] };
  }

  /**
   * Rows with what was typed, in whatever form: a setting's names are few enough to be compared here, and a database does not
   * know what is written onto Arabic words.
   */
  async #found(search: string, where: WhereOptions): Promise<WhereOptions> {
    const searched = this.#definition.columns.filter((column) => column.search).flatMap(attributesOf);
    if (searched.length === 0) return nobody;
    const isFound = nameFinder(search);
    const rows = await this.#model.findAll({ attributes: ["id", ...searched], where });
    const found = rows.filter((row) => isFound(...searched.map((attribute) => String(row.get(attribute) ?? ""))));
    return { id: found.map((row) => row.get("id") as number) };
  }

  async #where(filter: unknown, context: ActionContext | undefined): Promise<WhereOptions> {
    const scope = this.#scope(context);
    // Only what the gate has read and typed: a filter of AdminJS itself could name any column.
    if (!(filter instanceof ListFilter)) throw new Error("a list was asked without a filter of the gate");
    const and: WhereOptions[] = [scope];
    for (const [name, value] of Object.entries(filter.filters)) {
      if (name === "programme" && value.kind === "oneOf") {
        if (this.#source.programme !== null) and.push({ [this.#source.programme]: [...value.values] });
        continue;
      }
      const column = this.#definition.columns.find((one) => one.filter && one.name === name);
      and.push(column === undefined ? nobody : condition(this.#model, column, value));
    }
    const { search } = filter;
    if (search !== null) and.push(await this.#found(search, { [Op.and]: [...and] }));
    return { [Op.and]: and };
  }

  #order(sort: { sortBy?: string; direction?: "asc" | "desc" }, context: ActionContext | undefined): Order {
    const { columns, defaultSort } = this.#definition;
    const column = columns.find(({ name, sort: may }) => name === sort.sortBy && (may || name === defaultSort.column));
    if (column === undefined) return [["id", "ASC"]];
    const direction = sort.direction === "desc" ? "DESC" : "ASC";
    const suffix =
      column.type === "bilingual" ? (storedLanguageOf(readIn(askedOf(context).official)) === "ar" ? "Ar" : "En") : "";
    // The id last: rows that are otherwise equal keep their order from page to page.
    return [
      [`${column.name}${suffix}`, direction],
      ["id", "ASC"],
    ];
  }

  #record(row: Model): BaseRecord {
    const record = new BaseRecord({ id: row.get("id") }, this);
    return Object.assign(record, { row: row.get({ plain: true }) });
  }

  override async count(filter: unknown, context?: ActionContext): Promise<number> {
    return this.#model.count({ where: await this.#where(filter, context) });
  }

  override async find(
    filter: unknown,
    options: { limit?: number; offset?: number; sort?: { sortBy?: string; direction?: "asc" | "desc" } } = {},
    context?: ActionContext,
  ): Promise<BaseRecord[]> {
    const rows = await this.#model.findAll({
      attributes: [...this.#read],
      where: await this.#where(filter, context),
      limit: Math.min(Math.max(options.limit ?? maxRows, 1), maxRows),
      offset: Math.max(options.offset ?? 0, 0),
      order: this.#order(options.sort ?? {}, context),
    });
    return rows.map((row) => this.#record(row));
  }

  /** Problem not-found for an unknown id and for a foreign one alike. */
  override async findOne(id: string | number, context?: ActionContext): Promise<BaseRecord> {
    const [record] = await this.findMany([id], context);
    if (record === undefined) throw nothingHere();
    return record;
  }

  override async findMany(ids: (string | number)[], context?: ActionContext): Promise<BaseRecord[]> {
    const scope = this.#scope(context);
    const numbers = ids.map(Number).filter((id) => Number.isInteger(id) && id > 0 && id <= 2_147_483_647);
    const rows = await this.#model.findAll({
      attributes: [...this.#read],
      where: { [Op.and]: [{ id: numbers.slice(0, maxRows) }, scope] },
    });
    return rows.map((row) => this.#record(row));
  }

  /** Names that references need: rows of these codes, inside the scope. */
  async rowsOfCodes(codes: readonly string[], context: ActionContext): Promise<Record<string, unknown>[]> {
    const scope = this.#scope(context);
    const rows = await this.#model.findAll({
      attributes: [...this.#read],
      where: { [Op.and]: [{ code: [...codes] }, scope] },
      limit: 1000,
    });
    return rows.map((row) => row.get({ plain: true }) as Record<string, unknown>);
  }

  override async create(): Promise<never> {
    throw new Error("set-up is written by its services");
  }
  override async update(): Promise<never> {
    throw new Error("set-up is written by its services");
  }
  override async delete(): Promise<never> {
    throw new Error("set-up is written by its services");
  }
}
