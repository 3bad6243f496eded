import type * as EventKinds from '../../nodes/PalommaTrigger/eventKinds';
import { notification, signed } from '../../stand-ins/data/notification';
import { useTriggerHost } from '../support/triggerTests';
import { built } from '../support/workflow';

const { eventKinds } = built<typeof EventKinds>('PalommaTrigger/eventKinds');
const kindsWithStatus = eventKinds.flatMap(({ value, statuses }) =>
	statuses === undefined ? [] : [{ value, ...statuses }],
);

const host = useTriggerHost();
let count = 0;

/** Sends an event; whether it started the workflow. */
async function starts(
	eventType: string,
	status: unknown,
	parameters: Record<string, string | string[]>,
): Promise<boolean> {
	host().setup = { ...host().setup, parameters };
	const before = host().executions.length;
	const fields = { webhookId: `event-${(count += 1)}`, eventType };
	const { status: answer, body } = await host().send(signed(notification(fields, { status })));
	// Whatever is not wanted is taken note of, too: Palomma must not send it again.
	expect(answer).toBe(200);
	const isStarted = host().executions.length > before;
	expect(body).toContain(isStarted ? 'Workflow was started' : 'Webhook call received');
	return isStarted;
}

it('the kinds of events are those that Palomma documents', () => {
	expect(eventKinds.map(({ value }) => value)).toEqual([
		'payin-link.update',
		'payin-request.update',
		'payin-source.update',
		'payout-request.update',
		'payout-target.update',
		'payin-settlement.update',
	]);
	// As the API's reference lists them.
	expect(
		Object.fromEntries(kindsWithStatus.map(({ value, values }) => [value, Object.keys(values)])),
	).toEqual({
		'payin-link.update': ['approved', 'cancelled', 'pending', 'processing'],
		'payin-request.update': ['approved', 'cancelled', 'partial', 'processing'],
		'payin-source.update': ['active', 'cancelled', 'pending', 'processing'],
		'payout-request.update': ['approved', 'cancelled', 'processing'],
		'payout-target.update': ['active', 'cancelled'],
	});
});

describe('Trigger On', () => {
	it.each(eventKinds.map(({ value }) => value))('%s passes alone', async (chosen) => {
		for (const { value } of eventKinds) {
			expect(await starts(value, 'any', { events: [chosen] })).toBe(value === chosen);
		}
	});

	it('a chosen list does not pass kinds that are not known today', async () => {
		const all = eventKinds.map(({ value }) => value);
		expect(await starts('payin-refund.update', 'approved', { events: all })).toBe(false);
		expect(host().log).toEqual([
			{
				level: 'debug',
				message: 'Palomma Trigger: an event starts nothing: events of its kind are not chosen',
			},
		]);
	});

	it('All Events does', async () => {
		expect(await starts('payin-refund.update', 'approved', { events: ['*'] })).toBe(true);
		for (const { value } of eventKinds) {
			expect(await starts(value, 'any', { events: ['*'] })).toBe(true);
		}
	});

	it('an expression may give one kind alone', async () => {
		const events = '={{ "payin-link.update" }}';
		expect(await starts('payin-link.update', 'approved', { events })).toBe(true);
		expect(await starts('payin-source.update', 'active', { events })).toBe(false);
	});

	it('nothing chosen starts nothing', async () => {
		expect(await starts('payin-link.update', 'approved', { events: [] })).toBe(false);
		expect(await starts('', 'approved', { events: '' })).toBe(false);
	});
});

describe.each(kindsWithStatus)('statuses of $value', ({ value, parameter, values }) => {
	const statuses = Object.keys(values);

	it.each([[[value]], [['*']]])(
		'with %j: those chosen start the workflow, others do not',
		async (events) => {
			for (const chosen of statuses) {
				for (const status of [...statuses, 'unknown', undefined]) {
					expect(await starts(value, status, { events, [parameter]: [chosen] })).toBe(
						status === chosen,
					);
				}
			}
		},
	);

	it('none chosen is all, also those that are not known today', async () => {
		for (const status of [...statuses, 'unknown', undefined]) {
			expect(await starts(value, status, { events: [value], [parameter]: [] })).toBe(true);
		}
	});

	it('are asked of no other kind', async () => {
		for (const other of eventKinds.filter((kind) => kind.value !== value)) {
			const parameters = { events: ['*'], [parameter]: [statuses[0] ?? ''] };
			expect(await starts(other.value, 'unknown', parameters)).toBe(true);
		}
	});
});

it('a test is filtered as the published workflow is', async () => {
	host().setup = { mode: 'manual' };
	const parameters = { events: ['payin-link.update'], payinLinkStatuses: ['approved'] };
	expect(await starts('payin-link.update', 'processing', parameters)).toBe(false);
	expect(host().log[0]?.message).toContain('its status is not chosen');
	expect(await starts('payin-link.update', 'approved', parameters)).toBe(true);
});
