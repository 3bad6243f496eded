import { contact } from '../../../stand-ins/data/contacts';
import { isCreation, isLookUp } from '../../../stand-ins/simulator/simulator';
import { jsonOf, nodeName, useHarness } from '../../support/harness';

// A server may change the types of what it sends: that must neither hide what is there nor create anybody twice.

const harness = useHarness();

const returnExisting = {
	items: [{ ...contact, reference: '1001' }],
	parameters: { ifReferenceExists: 'returnExisting' },
};

/** Answers all reads with this. */
const answerReads = (body: object) =>
	harness.simulator.inject({ answer: { status: 200, body }, when: isLookUp });

const creations = () => harness.simulator.requests.filter(isCreation);

describe('types other than usual', () => {
	it('a reference that came back as a number is the same one', async () => {
		answerReads({ items: [{ id: 'c1', reference: 1001 }], cursor: null });
		const { outputOf } = await harness.create(returnExisting);
		expect(jsonOf(outputOf(nodeName))).toEqual([{ isNew: false, id: 'c1', reference: 1001 }]);
		expect(creations()).toEqual([]);
	});

	it('a cursor that is a number leads to the next page', async () => {
		const { simulator } = harness;
		const pages = [
			{ items: [], cursor: 7 },
			{ items: [{ id: 'c1', reference: '1001' }], cursor: null },
		];
		for (const body of pages) simulator.inject({ answer: { status: 200, body }, times: 1 });
		const { outputOf } = await harness.create(returnExisting);
		expect(jsonOf(outputOf(nodeName))).toMatchObject([{ isNew: false, id: 'c1' }]);
		expect(simulator.requests.map(({ url }) => url)).toEqual([
			expect.not.stringContaining('cursor'),
			expect.stringContaining('cursor=7'),
		]);
	});

	it('a list of lists is none of customers', async () => {
		answerReads({ items: [[]], cursor: null });
		const { message } = await harness.failure(returnExisting);
		expect(message).toBe('The answer is not a list of customers: it has other content');
		expect(creations()).toEqual([]);
	});

	it('a cursor that cannot be understood is not the end of the list', async () => {
		answerReads({ items: [{ id: 'c0', reference: 'other' }], cursor: { page: 2 } });
		const { message } = await harness.failure(returnExisting);
		expect(message).toBe('The answer is not a list of customers: it has other content');
		expect(creations()).toEqual([]);
	});
});
