import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { resources } from '../../nodes/Palomma/resources';
import { askAll, KeyRefused, questions } from '../../scripts/live/askAll';
import { reportOf } from '../../scripts/live/report';
import { startSimulator, type Simulator } from '../../stand-ins/simulator/simulator';
import { fill } from '../../stand-ins/data/payments';
import { contact } from '../../stand-ins/data/contacts';
import { startProgram } from '../support/program';

const apiKey = 'key-that-must-not-leak-0123456789';
const patience = 300;

/** Whose data are in the account already. */
const person = {
	...contact,
	name: 'Zoraida Real',
	email: 'zoraida@real.example',
	documentNumber: '55667788',
};

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ apiKey });
});
afterAll(async () => await simulator.stop());
beforeEach(() => {
	simulator.reset();
	simulator.add(person);
	fill(simulator);
});

/** What is asked of the filters that are documented. */
const filters = resources.flatMap(({ path, filters }) =>
	Object.keys(filters).map((name) => `Does GET ${path} filter by ${name}?`),
);

/** What the simulator answers, by question, and the report of it. */
async function check() {
	const { findings, created } = await askAll({ baseUrl: simulator.baseUrl, apiKey, patience });
	const facts = { environment: 'simulator', day: '2026-01-31', created, findings };
	return {
		answers: Object.fromEntries(findings.map(({ question, answer }) => [question, answer])),
		report: reportOf(facts, apiKey),
	};
}

/** Makes the simulator answer in all that is open as it usually does not. */
function beTheOther(): void {
	simulator.setListBehaviour({ order: 'newestFirst' });
	simulator.setListBehaviour({ ignoreFilters: true });
	simulator.firstStatusOfPayoutTargets = 'pending';
	simulator.expirationsAreUtc = true;
	simulator.rewriteReference((reference) => reference.slice(0, 30));
	const inject = (part: string, status: number, body: object) =>
		simulator.inject({ answer: { status, body }, when: ({ url }) => url.includes(part) });
	inject('/merchantAccounts/default', 404, { message: 'Not found' });
	inject('/payinSettlements', 200, { items: [], cursor: null });
	let asked = 0;
	simulator.inject({
		answer: { status: 429, headers: { 'retry-after': '5' }, body: {} },
		// Two come before the forty that are sent at once.
		when: ({ url }) => url.endsWith('/customers?limit=1') && ++asked > 12,
		times: 10,
	});
	let taken = 0;
	simulator.inject({
		answer: { status: 409, body: { message: 'There is one.' } },
		// The second customer of the first question.
		when: ({ method, url }) => method === 'POST' && url.endsWith('/customers') && ++taken === 2,
	});
}

describe('check:live', () => {
	it('finds out what is open, of two Palommas that differ', async () => {
		const usual = (await check()).answers;
		simulator.reset();
		fill(simulator);
		beTheOther();
		const other = (await check()).answers;
		const differing = Object.keys(usual)
			.filter((question) => usual[question] !== other[question])
			.map((question) => [question, usual[question], other[question]]);
		expect(differing).toEqual([
			[
				'What comes of a second customer with the same document number and reference?',
				'200, there are two now',
				'409 "There is one."',
			],
			[
				'Is a reference of 120 characters stored as it was sent?',
				'yes',
				'no: cut to 30 characters',
			],
			[
				'Is the time of an expiration the time in Colombia or UTC?',
				'Colombia, it seems: still open after 0.3 s',
				'UTC: the link was cancelled before its time',
			],
			['What is the status of a new target?', 'active, with authUrl', 'pending, with authUrl'],
			['Is "default" the ID of a merchant account?', '200', '404 "Not found"'],
			[
				'Are settlements found at /merchantAccounts/{id}/payinSettlements?',
				'404 "No such path."',
				'200',
			],
			[
				'What comes of 40 requests at once?',
				'all are answered',
				'10 are refused, with 429; retry-after',
			],
			[
				'Does the reference have to be whole and in the same letters?',
				'whole, the same letters',
				'not known: it is not filtered',
			],
			...filters.map((question) => [question, 'yes', 'no: it is ignored']),
			['How are the customers ordered?', 'oldest first', 'newest first'],
		]);
	}, 60_000);

	it('writes no key and nothing personal, whatever Palomma says', async () => {
		simulator.inject({
			answer: {
				status: 400,
				body: {
					message: `Bearer ${apiKey}: ${person.email} has ${person.documentNumber}, see https://palomma.example/x?token=1`,
				},
			},
			when: ({ url }) => url.includes('cursor=made-up'),
		});
		const { report } = await check();
		expect(report).toContain('400 "Bearer (key): (e-mail) has (number), see (link)"');
		for (const secret of [
			apiKey,
			...Object.values(person),
			...simulator.customers.map(({ id }) => id),
		]) {
			if (secret !== 'cc') expect(report).not.toContain(secret);
		}
		expect(report.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(
			questions.length + 2,
		);
	}, 60_000);

	it('creates what it says, with references of its own, and moves no money', async () => {
		const before = new Set(simulator.customers.map(({ id }) => id));
		const { report } = await check();
		const created = simulator.customers.filter(({ id }) => !before.has(id));
		expect(report).toContain(`Created: ${created.length} customers, `);
		for (const { reference } of created) expect(reference).toMatch(/^n8n-check-/);
		expect(simulator.entries('payinRequests')).toHaveLength(1);
		expect(simulator.entries('payoutRequests')).toHaveLength(1);
	}, 60_000);

	it('creates nothing with a key that is refused', async () => {
		const count = simulator.customers.length;
		const asked = askAll({ baseUrl: simulator.baseUrl, apiKey: 'wrong', patience });
		await expect(asked).rejects.toThrow(KeyRefused);
		expect(simulator.customers).toHaveLength(count);
		expect(simulator.requests).toHaveLength(1);
	});

	it('goes on after a question that has no answer', async () => {
		simulator.inject({ answer: 'drop', when: ({ url }) => url.includes('limit=101') });
		const { answers } = await check();
		expect(answers['What does GET /customers?limit=101 come to?']).toBe('not asked: no answer');
		expect(answers['What does GET /customers?limit=0 come to?']).toMatch(/^400/);
	}, 60_000);
});

describe('npm run check:live', () => {
	let folder: string;
	beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'palomma-'))));
	afterEach(() => rmSync(folder, { recursive: true }));

	const run = async (...args: string[]) =>
		await startProgram('scripts/live/main.ts', { args, cwd: folder }).finished();

	it.each([[['--env', 'production']], [['--env', 'sandbox', '--key', 'a-secret']]])(
		'explains itself to %j, without repeating it',
		async (args) => {
			const { code, output } = await run(...args);
			expect(code).toBe(1);
			expect(output).toMatch(/^Usage: npm run check:live/);
			expect(output).not.toContain('a-secret');
		},
	);

	it('creates nothing before somebody has agreed', async () => {
		const { code, output } = await run('--env', 'sandbox');
		expect(code).toBe(1);
		expect(output).toContain('THIS CREATES');
		expect(output).toContain("IN PALOMMA'S SANDBOX");
		expect(output).toContain('Nothing was asked.');
		expect(existsSync(path.join(folder, 'palomma-check.md'))).toBe(false);
	});

	it('writes the report', async () => {
		const { code } = await run('--env', 'simulator', '--yes');
		expect(code).toBe(0);
		const report = readFileSync(path.join(folder, 'palomma-check.md'), 'utf8');
		expect(report).toContain('| Lists | How are the customers ordered? | oldest first |');
	});
});
