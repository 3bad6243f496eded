import axios from 'axios';

import { demoIntegrityKey, startSimulator } from '../../stand-ins/simulator/simulator';
import { startProgram } from '../support/program';

describe('npm run demo', () => {
	it('prints three customers with their ids, and how to go on', async () => {
		const { code, output } = await startProgram('scripts/demo.ts').finished();
		expect(output.match(/'[0-9A-Z]{26}'/g)).toHaveLength(3);
		for (const text of ['Ana María Gómez', 'crm-1003', 'Settings > Community nodes']) {
			expect(output).toContain(text);
		}
		expect(code).toBe(0);
	});
});

describe('npm run simulator', () => {
	it('prints a credential and a curl line that works', async () => {
		const simulator = startProgram('stand-ins/simulator/main.ts', { env: { SIMULATOR_PORT: '0' } });
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
			expect(output).toContain('Webhooks go to http://localhost:5678/webhook/palomma');
		} finally {
			await simulator.stop();
		}
	});

	it('says so when its port is in use', async () => {
		const other = await startSimulator();
		const { port } = new URL(other.baseUrl);
		const { code, output } = await startProgram('stand-ins/simulator/main.ts', {
			env: { SIMULATOR_PORT: port },
		}).finished();
		await other.stop();
		expect(output.trim()).toBe(
			'That port is in use. Choose another one in the environment variable SIMULATOR_PORT.',
		);
		expect(code).toBe(1);
	});
});
