import type { components } from '../../openapi/palomma';

type Schemas = components['schemas'];
type Stored<Name extends keyof Schemas> = Schemas[Name] & { id: string };

/** What Palomma keeps, by the name of its list. */
export interface Entries {
	customers: Stored<'Customer'>;
	payinLinks: Stored<'PayinLink'>;
	payinSources: Stored<'PayinSource'>;
	payinRequests: Stored<'PayinRequest'>;
	payoutTargets: Stored<'PayoutTarget'>;
	payoutRequests: Stored<'PayoutRequest'>;
	merchantAccounts: Stored<'MerchantAccount'>;
	payinSettlements: Stored<'PayinSettlement'>;
}

/** What the creates take. */
export interface Bodies {
	customers: Schemas['NewCustomer'];
	payinLinks: Schemas['NewPayinLink'];
	payinSources: Schemas['NewPayinSource'];
	payinRequests: Schemas['NewPayinRequest'];
	payoutTargets: Schemas['NewPayoutTarget'];
	payoutRequests: Schemas['NewPayoutRequest'];
}

export type ListName = keyof Entries;
export type CreatableName = keyof Bodies;

export const listNames = [
	'customers',
	'payinLinks',
	'payinSources',
	'payinRequests',
	'payoutTargets',
	'payoutRequests',
	'merchantAccounts',
	'payinSettlements',
] as const satisfies ListName[];

type Given<Values> = {
	[Name in keyof Values as undefined extends Values[Name] ? never : Name]: Values[Name];
} & { [Name in keyof Values]?: Exclude<Values[Name], undefined> };

/** The values without those that are undefined: Palomma leaves out what was not given. */
export function given<Values extends object>(values: Values): Given<Values> {
	const entries = Object.entries(values).filter(([, value]) => value !== undefined);
	return Object.fromEntries(entries) as Given<Values>;
}
