/** What every set-up table has: a programme, an immutable code, a name in both languages, an order, and whether it is retired. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type ModelAttributes,
  type Sequelize,
} from "sequelize";

/** Columns only; names are the database's in camel case. */
export const modelOptions = { timestamps: false, underscored: true, freezeTableName: true } as const;

export const identity = { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true } as const;
export const text = { type: DataTypes.TEXT, allowNull: false } as const;
export const optionalText = { type: DataTypes.TEXT, allowNull: true } as const;
export const moment = { type: DataTypes.DATE, allowNull: false } as const;
export const optionalMoment = { type: DataTypes.DATE, allowNull: true } as const;
export const order = { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 } as const;
export const flag = { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false } as const;

export const labelledColumns = {
  id: identity,
  programme: text,
  code: text,
  nameAr: text,
  nameEn: text,
  sortOrder: order,
  retiredAt: optionalMoment,
} as const satisfies ModelAttributes;

/** Descriptions of its own for each model: Sequelize writes into what it is given, shared ones would mix up their columns. */
export function columns<Columns extends Readonly<Record<string, object>>>(shared: Columns): Columns {
  return Object.fromEntries(Object.entries(shared).map(([name, column]) => [name, { ...column }])) as Columns;
}

/** A table that has nothing but a label: sectors, pillars, categories, governorates. */
export function defineLabelled(sequelize: Sequelize, tableName: string) {
  class Labelled extends Model<InferAttributes<Labelled>, InferCreationAttributes<Labelled>> {
    declare id: CreationOptional<number>;
    declare programme: string;
    declare code: string;
    declare nameAr: string;
    declare nameEn: string;
    declare sortOrder: CreationOptional<number>;
    declare retiredAt: CreationOptional<Date | null>;
  }
  return Labelled.init(columns(labelledColumns), { ...modelOptions, sequelize, tableName, modelName: tableName });
}
