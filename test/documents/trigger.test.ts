import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import type { IDataObject } from 'n8n-workflow';

import { eventKinds } from '../../nodes/PalommaTrigger/eventKinds';
import { integrityKey, signed } from '../../stand-ins/data/notification';
import { blocks, claims, guide, queryParameters } from '../support/triggerGuide';
import { useTriggerHost } from '../support/triggerTests';
import { root } from '../support/workflow';

const samples = blocks('json').map((text) => JSON.parse(text) as IDataObject);

const host = useTriggerHost();

describe('docs/trigger.md', () => {
	it('has a sample event of each kind, with a status that the kind has', () => {
		expect(samples.map(({ eventType }) => eventType)).toEqual(eventKinds.map(({ value }) => value));
		for (const [index, { status }] of samples.entries()) {
			const { statuses } = eventKinds[index] ?? {};
			if (statuses === undefined) expect(status).toBeUndefined();
			else expect(Object.keys(statuses.values)).toContain(status);
		}
	});

	it.each(samples.map((sample) => [sample['eventType'], sample]))(
		'%s: the sample is what the trigger gives',
		async (_kind, sample) => {
			// Palomma sends the code only.
			const { eventType, webhookId, timestamp, statusMeaning: _, ...event } = sample;
			await host().send(signed({ webhookId, timestamp, eventType, event }));
			expect(host().executions).toEqual([[sample]]);
		},
	);

	it('lists the events with their statuses as the node has them', () => {
		for (const { name, value, statuses } of eventKinds) {
			const list = Object.keys(statuses?.values ?? {}).map((status) => `\`${status}\``);
			expect(guide).toContain(`| ${name} | \`${value}\` | ${list.join(', ') || '–'} |`);
		}
	});

	it('quotes what the log says', () => {
		const code = ['receive', 'signature', 'filter']
			.map((name) => readFileSync(path.join(root, 'nodes/PalommaTrigger', `${name}.ts`), 'utf8'))
			.join('\n');
		const quoted = [...guide.matchAll(/^\| \d+ \| `([^`]+)`/gm)].map(([, text = '']) =>
			text.replace(/^(refused a request with 401: |an event starts nothing: )/, ''),
		);
		expect(quoted).toHaveLength(11);
		for (const text of quoted) expect(code).toContain(text);
	});

	it('has a script that sends an event', async () => {
		const folder = await mkdtemp(path.join(os.tmpdir(), 'palomma-guide-'));
		const [script = ''] = blocks('js');
		await writeFile(path.join(folder, 'send-event.mjs'), script);
		const { stdout } = await promisify(execFile)(process.execPath, [
			path.join(folder, 'send-event.mjs'),
			`http://127.0.0.1:${host().port}/`,
			integrityKey,
		]);
		await rm(folder, { recursive: true });
		expect(stdout).toContain('200');
		expect(host().executions).toEqual([[expect.objectContaining({ reference: 'order-1001' })]]);
	});

	// n8n's Postgres node gives { success: true } if there is no row, unless the statement is a SELECT.
	it('claims with a SELECT, so that whoever comes second gets nothing', () => {
		expect(claims).toHaveLength(2);
		for (const claim of claims) {
			expect(claim).toMatch(
				/^WITH claimed AS \(\n {2}(UPDATE|INSERT) [^;]*\n\)\nSELECT \* FROM claimed\n$/,
			);
		}
		expect(blocks('sql').join('')).not.toMatch(/^(UPDATE|INSERT)/m);
		// What the filter behind it looks for is in what the claim returns.
		expect(guide).toMatch(/_Filter_ node[^]*`\{\{ \$json\.event \}\}`/);
		expect(claims[1]).toContain('RETURNING event');
	});

	// The Postgres node splits text at every expression and comma, and takes the entries of a list as they are.
	it('gives each value to the query as an entry of a list', () => {
		expect(queryParameters).toHaveLength(3);
		const values = (text: string, $json: IDataObject) => {
			const [, expression = ''] = /^\{\{ (\[[^{}]*\]) \}\}$/.exec(text) ?? [];
			return runInNewContext(expression, { $json }) as unknown[];
		};
		const json = { id: 'a', status: 'approved', reference: 'order,1', amountCollected: 5 };
		expect(queryParameters.map((text) => [...values(text, json)])).toEqual([
			['a', 'order,1', 5],
			['a/approved'],
			['a'],
		]);
		for (const [index, claim] of claims.entries()) {
			const places = new Set(claim.match(/\$\d/g));
			expect(values(queryParameters[index] ?? '', json)).toHaveLength(places.size);
		}
	});
});
