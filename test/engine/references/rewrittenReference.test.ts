import { jsonOf, nodeName, retryOnFail, useHarness, type CreateRun } from '../../support/harness';
import { addCustomer, linkParameters, orders, runFor, sentTo } from '../../support/links';
import { contacts } from '../../../stand-ins/data/contacts';
import { isCreation } from '../../../stand-ins/simulator/simulator';

const harness = useHarness();

/** A run whose second row gets another reference at Palomma than it was sent. */
function rewritten(more: Partial<CreateRun> = {}, parameters = {}): CreateRun {
	const { simulator } = harness;
	const { id } = addCustomer(simulator);
	simulator.rewriteReference((reference, list) =>
		list === 'payinLinks' && reference === 'order-2' ? reference.slice(0, 5) : reference,
	);
	return runFor({ ...linkParameters, ...parameters }, orders(id, 4), {
		...more,
		options: { concurrentRequests: 1, ...more.options },
	});
}

const idOf = (index: number) => String(harness.simulator.entries('payinLinks')[index]?.id);

const says = (id: string) =>
	`Palomma answered with a payin link (${id}) that has another reference than it was sent`;

describe.each(['createAnother', 'returnExisting', 'skip', 'fail'])(
	'a reference that Palomma has changed, with %s',
	(ifReferenceExists) => {
		it('Stop: the item says so, and the run stops creating', async () => {
			const error = await harness.failure(rewritten({}, { ifReferenceExists }));
			expect(error).toMatchObject({ itemIndex: 1 });
			expect(error.message).toContain(says(idOf(1)));
			expect(error.description).toContain('use short ones of letters, digits and hyphens');
			// It was created: nobody may say that it was not, or may not have been.
			expect(error.description).not.toMatch(/No payin link was created|may or may not/);
			expect(error.data).toMatchObject({
				completed: [
					{ item: 1, id: idOf(0) },
					{ item: 2, id: idOf(1) },
				],
			});
			expect(sentTo(harness.simulator, 'payinLinks')).toHaveLength(2);
		});

		it('Continue: the rest fails, too, without being sent', async () => {
			const { outputOf, status } = await harness.create(
				rewritten({ onError: 'continueRegularOutput' }, { ifReferenceExists }),
			);
			expect(status).toBe('success');
			const [first, ...others] = jsonOf(outputOf(nodeName));
			expect(first).toMatchObject({ reference: 'order-1' });
			expect(others).toHaveLength(3);
			for (const { error } of others) {
				expect(error).toContain('another reference than it was sent');
			}
			expect(sentTo(harness.simulator, 'payinLinks')).toHaveLength(2);
		});

		it('Continue, and Retry On Fail: no try creates any more', async () => {
			const run = rewritten(
				{
					onError: 'continueRegularOutput',
					settings: retryOnFail(3),
				},
				{ ifReferenceExists },
			);
			// n8n runs the node again if the first output item has an error.
			harness.simulator.rewriteReference((reference, list) =>
				list === 'payinLinks' ? reference.slice(0, 5) : reference,
			);
			const { outputOf } = await harness.create(run);
			const errors = jsonOf(outputOf(nodeName)).map(({ error }) => error as string);
			expect(errors).toHaveLength(4);
			expect(errors[0]).toContain(says(idOf(0)));
			for (const error of errors.slice(1)) expect(error).toContain('This item was not sent');
			expect(sentTo(harness.simulator, 'payinLinks')).toHaveLength(1);
		});

		it('Error output, and Retry On Fail: no try creates any more', async () => {
			for (const onError of ['continueErrorOutput', 'stopWorkflow'] as const) {
				harness.simulator.reset();
				const run = rewritten({ onError, settings: retryOnFail(3) }, { ifReferenceExists });
				await harness.create(run);
				expect(sentTo(harness.simulator, 'payinLinks')).toHaveLength(2);
			}
		});
	},
);

it('holds for customers, too', async () => {
	harness.simulator.rewriteReference((reference) => reference.toUpperCase());
	const error = await harness.failure({ items: contacts(3), options: { concurrentRequests: 1 } });
	expect(error.message).toContain('Palomma answered with a customer (');
	expect(harness.simulator.customers).toHaveLength(1);
});

it('an answer without a reference, and an item without one, are no reason to stop', async () => {
	const { simulator } = harness;
	const run = rewritten();
	simulator.rewriteReference((reference) => reference);
	simulator.inject({
		answer: { status: 200, body: { id: '01HPR57X6QR5ZRKEEKBSDBW4RA' } },
		times: 1,
		when: isCreation,
	});
	const items = run.items?.map((item, index) => (index === 3 ? { ...item, reference: '' } : item));
	const { error } = await harness.create({ ...run, ...(items && { items }) });
	expect(error).toBeUndefined();
	expect(sentTo(simulator, 'payinLinks')).toHaveLength(4);
});
