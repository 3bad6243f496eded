import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Bodies, Entries } from '../../stand-ins/simulator/entries';
import type { Simulator } from '../../stand-ins/simulator/simulator';
import { bodies } from '../../stand-ins/data/payments';
import { contact } from '../../stand-ins/data/contacts';
import type { CreateRun } from './workflow';

/** What a resource locator of the node holds. */
export const located = (mode: 'id' | 'list' | 'reference' | 'name', value: unknown) =>
	({ __rl: true, mode, value }) as INodeParameters;

/** The fields of a new payin link, mapped from properties of the same names. */
export const linkParameters: INodeParameters = {
	resource: 'payinLink',
	operation: 'create',
	customerId: located('id', '={{ $json.customerId }}'),
	amount: '={{ $json.amount }}',
	redirectUrl: 'https://shop.example.com/thanks',
	type: 'general',
	availableTypes: ['pse', 'card'],
	reference: '={{ $json.reference }}',
};

/** An account number that is easy to find, should it be seen anywhere. */
export const accountNumber = '00045671239';

/** The fields of a new payin source. */
export const sourceParameters: INodeParameters = {
	resource: 'payinSource',
	operation: 'create',
	customerId: located('id', '={{ $json.customerId }}'),
	redirectUrl: 'https://shop.example.com/account',
	type: 'bankAccount',
	bank: located('list', 'bancolombia'),
	accountType: 'savings',
	accountNumber,
	reference: '={{ $json.reference }}',
};

/** The fields of a new payout target. */
export const targetParameters: INodeParameters = {
	...sourceParameters,
	resource: 'payoutTarget',
};

/** A run of the node for items of one customer. */
export const runFor = (
	parameters: INodeParameters,
	items: IDataObject[],
	more: Partial<CreateRun> = {},
): CreateRun => ({ ...more, items, parameters: { ...parameters, ...more.parameters } });

/** Rows for new links, sources or targets of a customer. */
export const orders = (customerId: string, count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({
		customerId,
		amount: 50_000,
		reference: `order-${index + 1}`,
	}));

/** A customer that nobody has asked for. */
export const addCustomer = (simulator: Simulator, reference = 'crm-1001') =>
	simulator.addTo('customers', { ...contact, reference });

/** A link that nobody has asked for. */
export const addLink = (
	simulator: Simulator,
	customerId: string,
	more: Partial<Bodies['payinLinks']> = {},
): Entries['payinLinks'] =>
	simulator.addTo('payinLinks', { ...bodies.payinLinks(customerId), ...more });

/** A source that nobody has asked for. */
export const addSource = (
	simulator: Simulator,
	customerId: string,
	more: Partial<Bodies['payinSources']> = {},
): Entries['payinSources'] =>
	simulator.addTo('payinSources', { ...bodies.payinSources(customerId), ...more });

/** Bodies of what was sent to a list. */
export const sentTo = ({ requests }: Simulator, list: string): IDataObject[] =>
	requests
		.filter(({ method, url }) => method === 'POST' && url === `/v0/${list}`)
		.map(({ body }) => JSON.parse(body) as IDataObject);

/** What was read, without what was sent. */
export const readsOf = ({ requests }: Simulator): string[] =>
	requests.filter(({ method }) => method === 'GET').map(({ url }) => url);
