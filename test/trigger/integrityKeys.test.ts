import { integrityKey, notification, signed } from '../../stand-ins/data/notification';
import { useTriggerHost } from '../support/triggerTests';

const host = useTriggerHost();

let now: jest.SpyInstance<number>;
let time: number;
beforeEach(() => {
	time = Math.ceil(performance.now());
	now = jest.spyOn(performance, 'now').mockImplementation(() => time);
});
afterEach(() => now.mockRestore());

let count = 0;
const event = (key = integrityKey) =>
	signed(notification({ webhookId: `event-${(count += 1)}` }), { key });
const status = async (request: ReturnType<typeof event>) => (await host().send(request)).status;

it('the credential is read once in ten seconds, however many requests come', async () => {
	await Promise.all(Array.from({ length: 20 }, async () => await host().send(event())));
	await Promise.all(Array.from({ length: 20 }, async () => await host().send(event('forged'))));
	expect(host().executions).toHaveLength(20);
	expect(host().credentialReads).toBe(1);
	time += 9999;
	await host().send(event());
	expect(host().credentialReads).toBe(1);
	time += 1;
	await host().send(event());
	expect(host().credentialReads).toBe(2);
});

it('another key counts after ten seconds, and the one before no longer', async () => {
	expect(await status(event())).toBe(200);
	host().setup = { credential: { integrityKey: 'another' } };
	time += 10_000;
	expect(await status(event())).toBe(401);
	expect(await status(event('another'))).toBe(200);
});

it('another credential counts at once', async () => {
	expect(await status(event())).toBe(200);
	host().setup = { credential: { integrityKey: 'another' }, credentialId: 'another' };
	expect(await status(event())).toBe(401);
	expect(await status(event('another'))).toBe(200);
});

it('a key that was missing counts as soon as it is there', async () => {
	host().setup = { credential: {} };
	expect(await status(event())).toBe(503);
	host().setup = {};
	expect(await status(event())).toBe(200);
});
