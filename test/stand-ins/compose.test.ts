import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

import { n8nVersion } from '../../stand-ins/local-n8n/install';
import { eventKinds } from '../../nodes/PalommaTrigger/eventKinds';
import { propertiesFor } from '../../nodes/PalommaTrigger/properties';
import { demoIntegrityKey } from '../../stand-ins/simulator/simulator';
import { database, queueSettings, redisOptions, versions, workers } from '../queue/settings';
import { root } from '../support/workflow';

interface Service {
	image: string;
	command?: string;
	environment?: Record<string, string>;
	network_mode?: string;
	ports?: string[];
	volumes?: string[];
	depends_on?: Record<string, { condition: string }>;
	healthcheck?: unknown;
}

interface ComposeFile {
	services: Record<string, Service>;
	volumes: Record<string, unknown>;
}

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
// `<<` is of YAML 1.1, and of Docker's.
const compose = (file: string) => parse(read(file), { merge: true }) as ComposeFile;

const texts = z.record(z.string());
const duration = z.string().regex(/^\d+(ms|s|m|h)$/);
const restart = z.enum(['no', 'always', 'on-failure', 'unless-stopped']);

/** Of what Docker Compose takes, the part that these files use; a misspelt key is none of it. */
const composeFile = z
	.object({
		services: z.record(
			z
				.object({
					image: z.string(),
					command: z.union([z.string(), z.array(z.string())]).optional(),
					restart: restart.optional(),
					network_mode: z.string().optional(),
					working_dir: z.string().optional(),
					init: z.boolean().optional(),
					environment: texts.optional(),
					ports: z.array(z.string().regex(/^[\d.:]+$/)).optional(),
					volumes: z.array(z.string().regex(/^[^:]+:\/[^:]*(:ro)?$/)).optional(),
					depends_on: z
						.record(
							z.object({ condition: z.enum(['service_started', 'service_healthy']) }).strict(),
						)
						.optional(),
					healthcheck: z
						.object({
							test: z.union([z.string(), z.array(z.string())]),
							interval: duration.optional(),
							start_period: duration.optional(),
						})
						.strict()
						.optional(),
				})
				.strict(),
		),
		volumes: z.record(z.null()).optional(),
	})
	.strict();

describe.each(['compose.yaml', 'compose.queue.yaml'])('%s', (file) => {
	const { services, volumes } = compose(file);

	it('is what Docker Compose takes', () => {
		// Keys that begin with x- are anybody's own.
		const keys = Object.entries(compose(file)).filter(([key]) => !key.startsWith('x-'));
		expect(composeFile.safeParse(Object.fromEntries(keys)).error?.issues).toBeUndefined();
	});

	it('names nothing that is not there', () => {
		for (const { network_mode, depends_on = {}, volumes: mounts = [] } of Object.values(services)) {
			if (network_mode !== undefined) {
				expect(Object.keys(services)).toContain(network_mode.replace(/^service:/, ''));
			}
			for (const [name, { condition }] of Object.entries(depends_on)) {
				expect(Object.keys(services)).toContain(name);
				if (condition === 'service_healthy') expect(services[name]?.healthcheck).toBeDefined();
			}
			for (const mount of mounts) {
				const [source = ''] = mount.split(':');
				// What the build makes is there after the build.
				if (!source.startsWith('.')) expect(Object.keys(volumes)).toContain(source);
				else expect([source, existsSync(path.join(root, source))]).toEqual([source, true]);
			}
		}
	});

	it('sends webhooks to a new Palomma Trigger, and says what signs them', () => {
		const port = services['webhook']?.environment?.['N8N_PORT'] ?? '5678';
		const { default: end } =
			propertiesFor(eventKinds).find(({ name }) => name === 'webhookPath') ?? {};
		expect(services['simulator']?.environment).toEqual({
			WEBHOOKS_TO: `http://127.0.0.1:${port}/webhook/${end as string}`,
		});
		expect(read(file)).toContain(`Integrity Key ${demoIntegrityKey}`);
	});

	it('runs the n8n that the tests run', () => {
		const images = Object.values(services).map(({ image }) => image);
		for (const image of images.filter((name) => name.includes('n8nio'))) {
			expect(image).toBe(`docker.n8n.io/n8nio/n8n:${n8nVersion}`);
		}
	});
});

describe('compose.queue.yaml is what `npm run test:queue` runs', () => {
	const { services } = compose('compose.queue.yaml');
	const n8n = Object.entries(services).filter(([, { image }]) => image.includes('n8nio'));

	it('a main process, a webhook process, and as many workers', () => {
		const commands = n8n.map(([, { command = 'start' }]) => command);
		expect(commands.sort()).toEqual(
			['start', ...Array<string>(workers).fill('worker'), 'webhook'].sort(),
		);
	});

	it('with the same settings', () => {
		for (const [, { environment }] of n8n) expect(environment).toMatchObject(queueSettings);
	});

	it('with the same database and queue', () => {
		expect(services['postgres']).toMatchObject({
			image: `postgres:${versions.postgres}`,
			environment: { POSTGRES_DB: database.name, POSTGRES_USER: database.user },
		});
		expect(services['redis']).toMatchObject({
			image: `redis:${versions.redis}`,
			command: ['redis-server', ...redisOptions].join(' '),
		});
	});

	it('each process in the one network has ports of its own, and only loopback addresses are open', () => {
		const ports = n8n.flatMap(([, { command, environment = {} }]) => [
			command === 'worker' ? environment['QUEUE_HEALTH_CHECK_PORT'] : environment['N8N_PORT'],
			// n8n's own, if nothing is said.
			...(command === 'webhook' ? [] : [environment['N8N_RUNNERS_BROKER_PORT'] ?? '5679']),
		]);
		expect(new Set(ports).size).toBe(ports.length);
		expect(ports).not.toContain(undefined);
		const { ports: open = [] } = services['network'] ?? {};
		expect(open).toHaveLength(2);
		for (const port of open) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
		const webhook = services['webhook']?.environment ?? {};
		expect(webhook['WEBHOOK_URL']).toBe(`http://localhost:${webhook['N8N_PORT']}`);
	});
});
