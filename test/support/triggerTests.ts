import { createEngine, type Engine } from '../../stand-ins/n8n-engine/engine';
import { TriggerHost } from './triggerHost';
import { root } from './workflow';

/** A host for each test of a file: a trigger that has not received anything yet. */
export function useTriggerHost(): () => TriggerHost {
	let engine: Engine;
	let host: TriggerHost;
	beforeAll(async () => {
		engine = await createEngine(root);
	});
	beforeEach(async () => {
		host = new TriggerHost(engine);
		await host.start();
	});
	afterEach(async () => await host.stop());
	return () => host;
}
