import type { components } from '../../openapi/palomma';
import { schemaNames } from './contract';

type Schemas = components['schemas'];

/** What the contract has pages of. */
type EntryName = {
	[Name in keyof Schemas]: `${Name}Page` extends keyof Schemas ? Name : never;
}[keyof Schemas];

type ListOf<Name extends string> = `${Uncapitalize<Name>}s`;

/** What the contract calls one entry of each list. */
type EntryNames = { [Name in EntryName as ListOf<Name>]: Name };

export type ListName = keyof EntryNames;

/** What Palomma keeps, by the name of its list. */
export type Entries = { [Name in ListName]: Schemas[EntryNames[Name]] & { id: string } };

/** The lists that the contract has a create for. */
export type CreatableName = {
	[Name in ListName]: `New${EntryNames[Name]}` extends keyof Schemas ? Name : never;
}[ListName];

/** What the creates take. */
export type Bodies = {
	[Name in CreatableName]: Schemas[Extract<`New${EntryNames[Name]}`, keyof Schemas>];
};

const entryNames = schemaNames.filter((name) => schemaNames.includes(`${name}Page`));

const uncapitalized = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** What the contract calls one entry of a list. */
const oneOf = Object.fromEntries(
	entryNames.map((name) => [`${uncapitalized(name)}s`, name]),
) as EntryNames;

export const listNames = Object.keys(oneOf) as ListName[];

/** What the contract calls one entry of a list, and the parameter with its ID. */
export function namesOf(list: ListName): { one: string; id: string } {
	const one = oneOf[list];
	return { one, id: `${uncapitalized(one)}Id` };
}

type Given<Values> = {
	[Name in keyof Values as undefined extends Values[Name] ? never : Name]: Values[Name];
} & { [Name in keyof Values]?: Exclude<Values[Name], undefined> };

/** The values without those that are undefined: Palomma leaves out what was not given. */
export function given<Values extends object>(values: Values): Given<Values> {
	const entries = Object.entries(values).filter(([, value]) => value !== undefined);
	return Object.fromEntries(entries) as Given<Values>;
}
