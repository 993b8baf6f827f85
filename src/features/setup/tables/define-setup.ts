/** Models of the set-up tables that have more than a label. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from "sequelize";
import type {
  Channel,
  ExtraField,
  JoiningState,
  ProgrammeSettings,
  ReplyTemplate,
} from "../../../engine/setup/setup.js";
import type { Language } from "../../../engine/text/text.js";
import {
  columns,
  flag,
  identity,
  labelledColumns,
  modelOptions,
  optionalMoment,
  optionalText,
  order,
  text,
} from "./define-labelled.js";

export function defineProgramme(sequelize: Sequelize) {
  class Programme extends Model<InferAttributes<Programme>, InferCreationAttributes<Programme>> {
    declare id: CreationOptional<number>;
    declare code: string;
    declare nameAr: string;
    declare nameEn: string;
    declare timeZone: string;
    declare defaultLanguage: Language;
    /** Name of the calendar whose published version it works by. */
    declare calendar: string;
    declare settings: ProgrammeSettings;
    declare sortOrder: CreationOptional<number>;
    declare retiredAt: CreationOptional<Date | null>;
  }
  return Programme.init(
    columns({
      id: identity,
      code: text,
      nameAr: text,
      nameEn: text,
      timeZone: text,
      defaultLanguage: text,
      calendar: text,
      settings: { type: DataTypes.JSONB, allowNull: false },
      sortOrder: order,
      retiredAt: optionalMoment,
    }),
    { ...modelOptions, sequelize, tableName: "programmes", modelName: "programmes" },
  );
}

export function defineEntity(sequelize: Sequelize) {
  class Entity extends Model<InferAttributes<Entity>, InferCreationAttributes<Entity>> {
    declare id: CreationOptional<number>;
    declare programme: string;
    declare code: string;
    declare nameAr: string;
    declare nameEn: string;
    declare kind: string;
    declare sector: string;
    declare parent: string | null;
    declare level: number;
    declare validFrom: CreationOptional<string>;
    declare validTo: CreationOptional<string | null>;
    declare joining: CreationOptional<JoiningState>;
    declare email: CreationOptional<string | null>;
    declare phone: CreationOptional<string | null>;
    declare sortOrder: CreationOptional<number>;
    declare retiredAt: CreationOptional<Date | null>;
  }
  return Entity.init(
    columns({
      ...labelledColumns,
      kind: text,
      sector: text,
      parent: optionalText,
      level: { type: DataTypes.INTEGER, allowNull: false },
      validFrom: { type: DataTypes.DATEONLY, allowNull: false, defaultValue: "2000-01-01" },
      validTo: { type: DataTypes.DATEONLY, allowNull: true },
      joining: { type: DataTypes.TEXT, allowNull: false, defaultValue: "live" },
      email: optionalText,
      phone: optionalText,
    }),
    { ...modelOptions, sequelize, tableName: "entities", modelName: "entities" },
  );
}

export function defineService(sequelize: Sequelize) {
  class Service extends Model<InferAttributes<Service>, InferCreationAttributes<Service>> {
    declare id: CreationOptional<number>;
    declare programme: string;
    declare code: string;
    declare nameAr: string;
    declare nameEn: string;
    declare entity: string;
    declare sortOrder: CreationOptional<number>;
    declare retiredAt: CreationOptional<Date | null>;
  }
  return Service.init(columns({ ...labelledColumns, entity: text }), {
    ...modelOptions,
    sequelize,
    tableName: "services",
    modelName: "services",
  });
}

export function defineImportanceLevel(sequelize: Sequelize) {
  class ImportanceLevel extends Model<InferAttributes<ImportanceLevel>, InferCreationAttributes<ImportanceLevel>> {
    declare id: CreationOptional<number>;
    declare programme: string;
    declare code: string;
    declare nameAr: string;
    declare nameEn: string;
    declare rank: number;
    declare sortOrder: CreationOptional<number>;
    declare retiredAt: CreationOptional<Date | null>;
  }
  return ImportanceLevel.init(columns({ ...labelledColumns, rank: { type: DataTypes.INTEGER, allowNull: false } }), {
    ...modelOptions,
    sequelize,
    tableName: "importance_levels",
    modelName: "importance_levels",
  });
}

export function defineApplicationType(sequelize: Sequelize) {
  class ApplicationType extends Model<InferAttributes<ApplicationType>, InferCreationAttributes<ApplicationType>> {
    declare id: CreationOptional<number>;
    declare programme: string;
    declare code: string;
    declare nameAr: string;
    declare nameEn: string;
    declare purposeAr: CreationOptional<string | null>;
    declare purposeEn: CreationOptional<string | null>;
    declare workflow: string;
    declare fields: CreationOptional<readonly ExtraField[]>;
    declare anonymousAllowed: CreationOptional<boolean>;
    declare confidential: CreationOptional<boolean>;
    declare sortOrder: CreationOptional<number>;
    declare retiredAt: CreationOptional<Date | null>;
  }
  return ApplicationType.init(
    columns({
      ...labelledColumns,
      purposeAr: optionalText,
      purposeEn: optionalText,
      workflow: text,
      fields: { type: DataTypes.JSONB, allowNull: false, defaultValue: [] },
      anonymousAllowed: flag,
      confidential: flag,
    }),
    { ...modelOptions, sequelize, tableName: "application_types", modelName: "application_types" },
  );
}

export function defineChannel(sequelize: Sequelize) {
  class ChannelRow extends Model<InferAttributes<ChannelRow>, InferCreationAttributes<ChannelRow>> {
    declare id: CreationOptional<number>;
    declare programme: string;
    declare code: string;
    declare nameAr: string;
    declare nameEn: string;
    declare kind: Channel["kind"];
    declare sortOrder: CreationOptional<number>;
    declare retiredAt: CreationOptional<Date | null>;
  }
  return ChannelRow.init(columns({ ...labelledColumns, kind: text }), {
    ...modelOptions,
    sequelize,
    tableName: "channels",
    modelName: "channels",
  });
}

export function defineKeywordList(sequelize: Sequelize) {
  class KeywordList extends Model<InferAttributes<KeywordList>, InferCreationAttributes<KeywordList>> {
    declare id: CreationOptional<number>;
    declare programme: string;
    declare code: string;
    declare nameAr: string;
    declare nameEn: string;
    declare words: CreationOptional<readonly string[]>;
    declare sortOrder: CreationOptional<number>;
    declare retiredAt: CreationOptional<Date | null>;
  }
  return KeywordList.init(
    columns({ ...labelledColumns, words: { type: DataTypes.JSONB, allowNull: false, defaultValue: [] } }),
    { ...modelOptions, sequelize, tableName: "keyword_lists", modelName: "keyword_lists" },
  );
}

export function defineClosingReason(sequelize: Sequelize) {
  class ClosingReason extends Model<InferAttributes<ClosingReason>, InferCreationAttributes<ClosingReason>> {
    declare id: CreationOptional<number>;
    declare programme: string;
    declare code: string;
    declare nameAr: string;
    declare nameEn: string;
    declare textAr: string;
    declare textEn: string;
    declare sortOrder: CreationOptional<number>;
    declare retiredAt: CreationOptional<Date | null>;
  }
  return ClosingReason.init(columns({ ...labelledColumns, textAr: text, textEn: text }), {
    ...modelOptions,
    sequelize,
    tableName: "closing_reasons",
    modelName: "closing_reasons",
  });
}

export function defineReplyTemplate(sequelize: Sequelize) {
  class ReplyTemplateRow extends Model<InferAttributes<ReplyTemplateRow>, InferCreationAttributes<ReplyTemplateRow>> {
    declare id: CreationOptional<number>;
    declare programme: string;
    declare code: string;
    declare nameAr: string;
    declare nameEn: string;
    declare types: CreationOptional<readonly string[]>;
    declare field: ReplyTemplate["field"];
    declare bodyAr: string;
    declare bodyEn: string;
    declare sortOrder: CreationOptional<number>;
    declare retiredAt: CreationOptional<Date | null>;
  }
  return ReplyTemplateRow.init(
    columns({
      ...labelledColumns,
      types: { type: DataTypes.JSONB, allowNull: false, defaultValue: [] },
      field: text,
      bodyAr: text,
      bodyEn: text,
    }),
    { ...modelOptions, sequelize, tableName: "reply_templates", modelName: "reply_templates" },
  );
}
