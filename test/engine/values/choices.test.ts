import type { INodeParameters } from 'n8n-workflow';

import { useHarness } from '../../support/harness';
import {
	addCustomer,
	linkParameters,
	orders,
	runFor,
	sentTo,
	sourceParameters,
} from '../../support/links';

const harness = useHarness();

/** What is sent for one row with these parameters. */
async function sent(list: string, parameters: INodeParameters, changes: INodeParameters) {
	const { simulator } = harness;
	const { id } = addCustomer(simulator);
	const { error } = await harness.create(
		runFor(parameters, orders(id, 1), { parameters: changes }),
	);
	expect(error).toBeUndefined();
	return sentTo(simulator, list)[0];
}

describe('choices as people write them', () => {
	it.each([
		['Ahorros', 'savings'],
		['cuenta de ahorros', 'savings'],
		['AHORRO', 'savings'],
		['Savings', 'savings'],
		['Corriente', 'checking'],
		['Cta. Corriente', 'checking'],
		['Cuenta Corriente', 'checking'],
		['Checking', 'checking'],
		['checking (corriente)', 'checking'],
	])('Account Type: %s is %s', async (given, accountType) => {
		expect(
			await sent('payinSources', sourceParameters, { accountType: `={{ "${given}" }}` }),
		).toMatchObject({ bankAccount: { accountType } });
	});

	it.each([
		['Tarjeta', 'card'],
		['Recaudo Bancolombia', 'bancolombiaCollect'],
		['boton bancolombia', 'bancolombiaButton'],
		['Nequi', 'nequiButton'],
		['P.S.E.', 'pse'],
	])('Type of a link: %s is %s', async (given, type) => {
		const body = await sent('payinLinks', linkParameters, { type: `={{ "${given}" }}` });
		expect(body).toMatchObject({ type });
		expect(body).not.toHaveProperty('availableTypes');
	});

	it.each([
		['a list', '={{ ["PSE", "tarjeta"] }}', ['pse', 'card']],
		['a text with commas', '={{ "Nequi, Tarjeta, " }}', ['nequiButton', 'card']],
		['one of them', '={{ "card" }}', ['card']],
		['the same one twice', '={{ ["card", "Tarjeta"] }}', ['card']],
	])('Available Types: %s', async (_, availableTypes, expected) => {
		expect(await sent('payinLinks', linkParameters, { availableTypes })).toMatchObject({
			availableTypes: expected,
		});
	});

	it.each([
		[{ availableTypes: '={{ [] }}' }, 'Available Types is missing'],
		[
			{ availableTypes: '={{ ["bitcoin"] }}' },
			'Available Types got "bitcoin". It can be: pse (PSE)',
		],
		[{ availableTypes: '={{ 5 }}' }, 'Available Types got a number with 1 digit'],
		[{ type: '={{ "transfer" }}' }, 'Type got "transfer". It can be: general (General'],
	])('%j is refused: %s', async (changes, message) => {
		const { id } = addCustomer(harness.simulator);
		const error = await harness.failure(
			runFor(linkParameters, orders(id, 1), { parameters: changes }),
		);
		expect(error.message).toContain(message);
		expect(harness.simulator.requests).toEqual([]);
	});
});
