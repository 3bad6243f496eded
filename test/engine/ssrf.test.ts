import '../support/ssrfProtection';

import { Harness } from '../support/harness';

let harness: Harness;
beforeAll(async () => (harness = await Harness.start()));
afterAll(async () => await harness.stop());

it("passes on n8n's own refusal to send a request", async () => {
	const { message, description } = await harness.failure();
	expect(message).toMatch(/^The request to Palomma failed: .*(127\.0\.0\.1|blocked)/i);
	expect(description).toContain('Check that n8n reaches the internet');
	expect(harness.simulator.requests).toEqual([]);
});
