import type { INodeParameters } from 'n8n-workflow';

import { contact, contacts } from '../../../stand-ins/data/contacts';
import { nodeName, useHarness } from '../../support/harness';

const harness = useHarness();

const getMany = (parameters: INodeParameters) => ({
	items: [{}],
	parameters: { operation: 'getMany', ...parameters },
});

describe('Return All', () => {
	it.each([
		['={{ true }}', 60],
		['={{ "true" }}', 60],
		['={{ " TRUE " }}', 60],
		['={{ false }}', 50],
		['={{ "False" }}', 50],
	])('%s gives %d of 60', async (returnAll, count) => {
		await harness.create({ items: contacts(60) });
		const { outputOf } = await harness.create(getMany({ returnAll }));
		expect(outputOf(nodeName)).toHaveLength(count);
	});

	it.each([
		['={{ null }}', 'nothing'],
		['={{ undefined }}', 'nothing'],
		['={{ "" }}', 'nothing'],
		['={{ "maybe" }}', '"maybe"'],
		['={{ 1 }}', 'a number with 1 digit'],
		['={{ [true] }}', 'a list'],
		['={{ {"all": true} }}', 'a group of fields'],
	])('%s is neither on nor off', async (returnAll, got) => {
		const error = await harness.failure(getMany({ returnAll }));
		expect(error.message).toBe(`Return All got ${got}. It can be: true or false`);
		expect(harness.simulator.requests).toEqual([]);
	});

	it('tells what is wrong with the filter, too', async () => {
		const error = await harness.failure(
			getMany({ returnAll: '={{ null }}', filters: { reference: '' } }),
		);
		expect(error.message).toBe(
			'Return All got nothing. It can be: true or false. Reference is missing',
		);
	});
});

it('a Limit of 200,000 is no mistake', async () => {
	await harness.create({ items: contacts(2) });
	const { outputOf } = await harness.create(getMany({ limit: 200_000 }));
	expect(outputOf(nodeName)).toHaveLength(2);
});

describe('Options', () => {
	it.each<[string, unknown[], string]>([
		['concurrentRequests', [0, 51, 1.5], 'Concurrent Requests is not a whole number from 1 to 50'],
		['maxRetries', [-1, 'three'], 'Max Retries is not a whole number from 0 to 10'],
		['requestsPerSecond', [0], 'Requests per Second is not a number from 0.01 to 1000'],
		['timeout', [0, -1, 'soon', 2 ** 31 / 1000, true, [30]], 'Timeout is not a number of seconds'],
	])('%s is none of %j, nor empty, if it is there', async (option, values, message) => {
		const written = values.map((value) => JSON.stringify(value));
		for (const value of [...written, 'null', 'undefined', '$json.nothing']) {
			const error = await harness.failure({ options: { [option]: `={{ ${value} }}` } });
			expect(error.message).toBe(message);
			expect(error.description).toMatch(/^Correct the number under Options → [A-Z]/);
		}
		expect(harness.simulator.requests).toEqual([]);
	});

	// n8n evaluates no expression there: its field offers none.
	it.each([
		['true', '79555123'],
		[' TRUE ', '79555123'],
		['false', '79.555.123'],
	])('Clean Up Values is read by its type: %j', async (cleanUpValues, expected) => {
		const items = [{ ...contact, documentNumber: '79.555.123' }];
		await harness.create({ items, options: { cleanUpValues } });
		expect(harness.simulator.customers[0]?.documentNumber).toBe(expected);
	});

	it.each([
		[null, 'nothing'],
		['maybe', '"maybe"'],
	])('Clean Up Values cannot be %j', async (cleanUpValues, got) => {
		const { message } = await harness.failure({ options: { cleanUpValues } });
		expect(message).toBe(`Clean Up Values got ${got}. It can be: true or false`);
		expect(harness.simulator.requests).toEqual([]);
	});
});

it('an operation that is not there is told in its own words', async () => {
	for (const [parameters, problem] of [
		[{ operation: 'delete' }, 'cannot "delete" a customer'],
		[{ resource: 'invoice' }, 'knows no "invoice"'],
	] as const) {
		expect(await harness.failure({ parameters })).toMatchObject({
			message: `This version of the Palomma node ${problem}`,
			description:
				'Choose a Resource and an Operation from the lists, or update the package. Nothing was sent to Palomma, for any item.',
		});
	}
	expect(harness.simulator.requests).toEqual([]);
});
