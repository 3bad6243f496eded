import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import type * as Properties from '../../../nodes/Palomma/operations/properties';
import { bodyFor, fillAll } from '../../../stand-ins/data/payments';
import type { CreatableName } from '../../../stand-ins/simulator/entries';
import { built, jsonOf, nodeName, useHarness } from '../../support/harness';
import {
	addCustomer,
	linkParameters,
	located,
	runFor,
	sentTo,
	sourceParameters,
	targetParameters,
} from '../../support/links';
import { listNameOf, parametersOf, resources } from '../../support/resources';

const { operationsOf } = built<typeof Properties>('Palomma/operations/properties');

const harness = useHarness();

/** Creates an entry with these parameters, and hands back what was sent, and what came out. */
async function send(list: string, parameters: INodeParameters, changes: INodeParameters = {}) {
	const { simulator } = harness;
	const { id: customerId } = addCustomer(simulator);
	const item = { customerId, amount: 50_000, reference: 'order-1' };
	const execution = await harness.create(
		runFor(parameters, [item], { parameters: { ...parameters, ...changes } }),
	);
	expect(execution.error).toBeUndefined();
	const [sent] = sentTo(simulator, list);
	return { sent, customerId, output: jsonOf(execution.outputOf(nodeName)) };
}

/** The fields of an operation, filled in with values of the same names. */
const filledIn = (fields: INodeProperties[], values: object): INodeParameters =>
	Object.fromEntries(
		fields.flatMap(({ name, type, options }) => {
			if (name === 'additionalFields') {
				return [[name, filledIn(options as INodeProperties[], values)]];
			}
			const value = (values as INodeParameters)[name];
			if (value === undefined) return [];
			return [[name, type === 'resourceLocator' ? located('list', value) : value]];
		}),
	);

const creates = resources.flatMap((resource) =>
	operationsOf(resource)
		.filter(({ value }) => value === 'create')
		.map(({ fields }) => ({ resource, fields })),
);

describe('what is sent', () => {
	it.each(creates)(
		'for a $resource.one: what the form says, and what Palomma answers comes out',
		async ({ resource, fields }) => {
			const { simulator } = harness;
			fillAll(simulator);
			const list = listNameOf(resource) as CreatableName;
			const given = bodyFor(simulator, list);
			const body = { ...given, ...('reference' in given && { reference: 'another' }) };
			const { bankAccount, ...others } = body as { bankAccount?: object };
			const parameters = filledIn(fields, { ...others, ...bankAccount });
			const { outputOf } = await harness.create({
				items: [{}],
				parameters: { ...parametersOf(resource), operation: 'create', ...parameters },
			});
			expect(sentTo(simulator, list)).toEqual([body]);
			expect(jsonOf(outputOf(nodeName))).toMatchObject([simulator.entries(list).at(-1) ?? {}]);
		},
	);

	it('for a link: the fields of the form, and nothing for those that are empty', async () => {
		const { sent, customerId, output } = await send('payinLinks', linkParameters, {
			reference: '',
		});
		expect(sent).toEqual({
			customerId,
			amount: 50_000,
			redirectUrl: 'https://shop.example.com/thanks',
			type: 'general',
			availableTypes: ['pse', 'card'],
		});
		expect(output).toEqual(harness.simulator.entries('payinLinks'));
	});

	it('for a link: all ways to pay, if nobody says otherwise', async () => {
		const { availableTypes: _, ...rest } = linkParameters;
		const { sent } = await send('payinLinks', rest);
		expect(sent).toMatchObject({
			availableTypes: ['pse', 'bancolombiaButton', 'nequiButton', 'card', 'bancolombiaCollect'],
		});
	});

	it('for a link: everything that there is', async () => {
		const { sent } = await send('payinLinks', linkParameters, {
			additionalFields: {
				description: 'Order 1',
				expiration: inThreeDays,
				targetMerchantAccountId: located('id', 'default'),
			},
		});
		expect(sent).toMatchObject({
			reference: 'order-1',
			description: 'Order 1',
			expiration: inThreeDays,
			targetMerchantAccountId: 'default',
		});
	});

	it('for a link of another type: no available types, but what Palomma has told', async () => {
		const { sent } = await send('payinLinks', linkParameters, {
			type: 'pse',
			options: { extraBodyFields: '{"bank": "nequi", "payer": {"kind": "person"}}' },
		});
		expect(sent).toMatchObject({ type: 'pse', bank: 'nequi', payer: { kind: 'person' } });
		expect(sent).not.toHaveProperty('availableTypes');
	});

	it.each([true, false])('for a source: partial payins, if they are set to %s', async (value) => {
		const { sent } = await send('payinSources', sourceParameters, {
			additionalFields: { partialPayinsEnabled: value },
		});
		expect(sent).toMatchObject({ partialPayinsEnabled: value });
	});

	it('for a source of another type: no bank account', async () => {
		const { sent } = await send('payinSources', sourceParameters, {
			type: 'nequiToken',
			options: { extraBodyFields: { phoneNumber: '3013111111' } },
		});
		expect(sent).toMatchObject({ type: 'nequiToken', phoneNumber: '3013111111' });
		expect(sent).not.toHaveProperty('bankAccount');
		expect(sent).not.toHaveProperty('bank');
	});

	it('for a target: its only type', async () => {
		const { type: _, ...rest } = targetParameters;
		const { sent } = await send('payoutTargets', rest, { bank: located('name', 'Nequi') });
		expect(sent).toMatchObject({ type: 'bankAccount', bankAccount: { bank: 'nequi' } });
	});
});

/** As the clocks in Colombia show it, which are five hours behind UTC. */
const inThreeDays = new Date(Date.now() + (3 * 24 - 5) * 3_600_000).toISOString().slice(0, 19);

describe('Extra Body Fields', () => {
	it.each([
		['a field of the form', '{"amount": 1, "type": "pse"}', 'has amount, type, for which there is'],
		['one that is empty', '{"description": "x"}', 'has description, for which there is a field'],
		['a list', '[1]', 'is not a JSON object'],
		['no JSON', '{bank}', 'is not a JSON object'],
		['a number', '5', 'is not a JSON object'],
		['null', 'null', 'is not a JSON object'],
		['too much', `{"a": "${'x'.repeat(20_000)}"}`, 'is not a JSON object'],
	])('may not be %s', async (_, extraBodyFields, problem) => {
		const { id: customerId } = addCustomer(harness.simulator);
		const error = await harness.failure(
			runFor(linkParameters, [{ customerId, amount: 50_000, reference: 'order-1' }], {
				options: { extraBodyFields },
			}),
		);
		expect(error.message).toContain(`Extra Body Fields ${problem}`);
		expect(error.description).toContain('No payin link was created for this item.');
		expect(harness.simulator.requests).toEqual([]);
	});

	it.each(['', ' ', '{}', '={{ null }}', '={{ undefined }}'])(
		'may be left empty: %p',
		async (extraBodyFields) => {
			const { sent } = await send('payinLinks', linkParameters, { options: { extraBodyFields } });
			expect(sent).toMatchObject({ reference: 'order-1' });
		},
	);
});
