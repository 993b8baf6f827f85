/** Columns that several models have. */
import { DataTypes } from "sequelize";

/** Columns only; names are the database's in camel case. */
export const modelOptions = { timestamps: false, underscored: true, freezeTableName: true } as const;

export const identity = { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true } as const;
export const text = { type: DataTypes.TEXT, allowNull: false } as const;
export const optionalText = { type: DataTypes.TEXT, allowNull: true } as const;
export const moment = { type: DataTypes.DATE, allowNull: false } as const;
export const optionalMoment = { type: DataTypes.DATE, allowNull: true } as const;

/** Descriptions of its own for each model: Sequelize writes into what it is given, shared ones would mix up their columns. */
export function columns<Columns extends Readonly<Record<string, object>>>(shared: Columns): Columns {
  return Object.fromEntries(Object.entries(shared).map(([name, column]) => [name, { ...column }])) as Columns;
}
