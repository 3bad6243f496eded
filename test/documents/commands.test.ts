import axios from 'axios';
import { spawn } from 'node:child_process';
import path from 'node:path';

import { demoIntegrityKey, startSimulator } from '../../stand-ins/simulator/simulator';
import { root } from '../support/workflow';

/** Starts a TypeScript file of the project, as an npm script would. */
function start(file: string, env: Record<string, string> = {}) {
	const child = spawn(process.execPath, [require.resolve('tsx/cli'), path.join(root, file)], {
		cwd: root,
		env: { ...process.env, ...env },
	});
	let output = '';
	child.stdout.on('data', (data: Buffer) => (output += data.toString()));
	child.stderr.on('data', (data: Buffer) => (output += data.toString()));
	const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
	return {
		/** Resolves with all output so far as soon as it matches; rejects if the process ends before. */
		printed: async (pattern: RegExp) =>
			await new Promise<string>((resolve, reject) => {
				const check = () => {
					if (pattern.test(output)) resolve(output);
				};
				child.stdout.on('data', check);
				child.once('exit', () => reject(new Error(`It ended without that: ${output}`)));
				check();
			}),
		finished: async () => ({ code: await exited, output }),
		stop: async () => {
			child.kill();
			await exited;
		},
	};
}

describe('npm run demo', () => {
	it('prints three customers with their ids, and how to go on', async () => {
		const { code, output } = await start('scripts/demo.ts').finished();
		expect(output.match(/'[0-9A-Z]{26}'/g)).toHaveLength(3);
		for (const text of ['Ana María Gómez', 'crm-1003', 'Settings > Community nodes']) {
			expect(output).toContain(text);
		}
		expect(code).toBe(0);
	});
});

describe('npm run simulator', () => {
	it('prints a credential and a curl line that works', async () => {
		const simulator = start('stand-ins/simulator/main.ts', { SIMULATOR_PORT: '0' });
		try {
			const output = await simulator.printed(/Press Ctrl-C to stop/);
			const [, curl = ''] = /^ +(curl .*)$/m.exec(output) ?? [];
			// Its arguments, as a shell would read them.
			const [, , , url = '', , authorization = '', , contentType = '', , body = ''] = [
				...curl.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g),
			].map(([, quoted, plain]) => quoted?.replaceAll('\\"', '"') ?? plain ?? '');
			const { data } = await axios.post<{ id: string }>(url, body, {
				headers: Object.fromEntries(
					[authorization, contentType].map((header) => header.split(': ') as [string, string]),
				),
			});
			expect(data.id).toMatch(/^[0-9A-Z]{26}$/);
			expect(output).toContain(`Base URL       ${url.replace('/customers', '')}`);
			// Also where no webhook goes anywhere: it is needed before the trigger has an address.
			expect(output).toContain(`Integrity Key  ${demoIntegrityKey}`);
			expect(output).toContain('Webhooks go nowhere.');
		} finally {
			await simulator.stop();
		}
	});

	it('says so when its port is in use', async () => {
		const other = await startSimulator();
		const { port } = new URL(other.baseUrl);
		const { code, output } = await start('stand-ins/simulator/main.ts', {
			SIMULATOR_PORT: port,
		}).finished();
		await other.stop();
		expect(output.trim()).toBe(
			'That port is in use. Choose another one in the environment variable SIMULATOR_PORT.',
		);
		expect(code).toBe(1);
	});
});
