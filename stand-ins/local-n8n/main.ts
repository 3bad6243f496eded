import { rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { demoIntegrityKey, startSimulator } from '../simulator/simulator';
import { N8nApi, owner, type StoredWorkflow } from './api';
import { cacheFolder, Obstacle, takeLock } from './cache';
import { endWithNpm } from './childProcess';
import { installN8n, n8nVersion } from './install';
import { provision, webhookPaths } from './provision';
import { addSamples } from './samples';
import { startN8n } from './server';

const root = path.join(__dirname, '..', '..');
const simulatorPort = Number(process.env['SIMULATOR_PORT'] ?? 4010);
const n8nPort = Number(process.env['N8N_PORT'] ?? 5678);

/** Aborted once the user wants it to end. */
const stopping = new AbortController();

/** `npm start`: the real n8n with the package, a credential for the simulator, and the examples. */
async function main(): Promise<void> {
	endWithNpm();
	const started = Date.now();
	// The user's own ~/.n8n is none of our business.
	const userFolder = path.join(cacheFolder(), `editor-${n8nVersion}`);
	await mkdir(cacheFolder(), { recursive: true });
	await lockUntilTheEnd(`${userFolder}.lock`);
	if (process.argv.includes('--reset')) {
		await rm(userFolder, { recursive: true, force: true });
		console.log('Beginning anew: what was built in this n8n is gone.');
	}

	const n8n = await installN8n((line) => console.log(line));
	stopOnSignals();
	const simulator = await startSimulatorOn(simulatorPort);
	console.log(`Starting n8n ${n8n.version} …`);
	const { signal } = stopping;
	const server = await startN8n(n8n, { userFolder, port: n8nPort, packageDirectory: root, signal });
	let first: StoredWorkflow | undefined;
	try {
		first = await provision(await N8nApi.login(server.url), root, simulator);
		simulator.webhooks.targets = (await webhookPaths(root)).map((end) => ({
			url: `${server.url}/webhook/${end}`,
			integrityKey: demoIntegrityKey,
		}));
	} catch (error) {
		await server.stop();
		throw error;
	}

	console.log(`
n8n is ready after ${Math.round((Date.now() - started) / 1000)} s: ${server.url}

  E-mail     ${owner.email}
  Password   ${owner.password}

The Palomma node is installed. The credential "Palomma simulator" and the example workflows are there:
open one and press Execute workflow. What you build is kept; "npm start -- --reset" begins anew.
${first === undefined ? '' : `Begin here, with a payment from the form to its end: ${server.url}/workflow/${first.id}\n`}\
Palomma simulator: ${simulator.baseUrl} (API Key ${simulator.apiKey})

Press Ctrl-C to stop.`);

	await server.ended;
	if (!signal.aborted) throw new Obstacle(`n8n ended by itself. Its log: ${server.logFile}`);
}

/** Ctrl-C, and what else ends a program, end n8n with it; once is enough. */
function stopOnSignals(): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			if (!stopping.signal.aborted) console.log('\nStopping …');
			stopping.abort();
		});
	}
}

/** Two n8n with the same database would destroy each other's work. */
async function lockUntilTheEnd(file: string): Promise<void> {
	await takeLock(file, 'running this n8n (npm start)');
	process.on('exit', () => rmSync(file, { force: true }));
}

async function startSimulatorOn(port: number) {
	try {
		const simulator = await startSimulator({ port });
		addSamples(simulator);
		return simulator;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
		throw new Obstacle(
			`Port ${port}, which the simulator uses, is in use. Stop what runs there, or choose a port: set SIMULATOR_PORT in the environment.`,
		);
	}
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		if (stopping.signal.aborted) process.exit(0);
		console.error(error instanceof Obstacle ? error.message : error);
		process.exit(1);
	},
);
