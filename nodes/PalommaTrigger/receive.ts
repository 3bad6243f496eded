import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { now } from '../Palomma/transport/clock';
import { deliveriesOf, type TrackedResponse } from './deliveries';
import { eventKinds } from './eventKinds';
import { reasonToIgnore } from './filter';
import { integrityKeyFor } from './integrityKeys';
import { outputOf, readNotification, type Notification } from './notification';
import { checkSignature } from './signature';

/** n8n's response, which is one of Express. */
interface WebhookResponse extends TrackedResponse {
	status(code: number): { end(): void };
}

/** Milliseconds. */
const betweenWarnings = 60_000;

/** When there was a warning last, by trigger, in the milliseconds of now(). */
const warnedAt = new Map<string, number>();

/** n8n answers 200 by itself, and starts nothing. */
const nothing: IWebhookResponseData = {};

/**
 * Handles a request to the webhook: refuses what Palomma has not signed, passes over what is not wanted or has been
 * there before, and starts the workflow with the rest. Logs say why, and nothing of what the request holds.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const integrityKey = await readIntegrityKey(context);
	if (integrityKey === undefined) return refuse(context, 503);

	const check = checkSignature(context.getHeaderData(), integrityKey);
	if ('refused' in check) {
		logRefused(context, `refused a request with 401: ${check.refused}`, check.advice);
		return refuse(context, 401);
	}
	const reading = readNotification(check.signed);
	if ('refused' in reading) {
		log(context, `refused a signed request with 400: ${reading.refused}`);
		return refuse(context, 400);
	}
	if (!isBody(context, check.signed)) {
		context.logger.warn(
			'Palomma Trigger: the body of a request differs from what Palomma signed. Only what is signed is used.',
		);
	}
	const { notification } = reading;
	const ignored = reasonToIgnore(notification, eventKinds, (name) =>
		context.getNodeParameter(name, []),
	);
	if (ignored !== undefined) {
		log(context, `an event starts nothing: ${ignored}`);
		return nothing;
	}
	return await startOnce(context, notification);
}

/** The key; undefined if there is none, or none can be read. What is wrong is for whoever runs n8n to see. */
async function readIntegrityKey(context: IWebhookFunctions): Promise<string | undefined> {
	try {
		return await integrityKeyFor(context);
	} catch (error) {
		context.logger.warn(`Palomma Trigger: answered 503. ${(error as Error).message}`);
		return undefined;
	}
}

/** Ends the request here; n8n neither answers nor starts anything. */
function refuse(context: IWebhookFunctions, status: number): IWebhookResponseData {
	responseOf(context).status(status).end();
	return { noWebhookResponse: true };
}

/** Whether the body is what Palomma signed, byte for byte. */
function isBody(context: IWebhookFunctions, signed: string): boolean {
	const { rawBody } = context.getRequestObject() as { rawBody?: Buffer };
	return rawBody?.equals(Buffer.from(signed, 'base64')) ?? false;
}

/** Starts the workflow, unless the notification has started it already. A test is started by every delivery. */
async function startOnce(
	context: IWebhookFunctions,
	notification: Notification,
): Promise<IWebhookResponseData> {
	const { webhookId } = notification;
	const workflowData = [[{ json: outputOf(notification) }]];
	if (context.getMode() === 'manual' || typeof webhookId !== 'string') return { workflowData };
	const staticData: IDataObject = context.getWorkflowStaticData('node');
	const deliveries = deliveriesOf(triggerOf(context), staticData);
	if (!(await deliveries.mayStart(webhookId, responseOf(context), staticData))) {
		log(context, 'an event starts nothing: it has been delivered before');
		return nothing;
	}
	return {
		workflowData,
		// n8n asks for it when it has stored the execution, right before it saves static data. Whatever is written there
		// any earlier, n8n 2.41 does not save: storing the execution makes it count as unchanged. It may ask more than once.
		get webhookResponse() {
			deliveries.write(staticData);
			return undefined;
		},
	};
}

function responseOf(context: IWebhookFunctions): WebhookResponse {
	return context.getResponseObject() as WebhookResponse;
}

function triggerOf(context: IWebhookFunctions): string {
	return `${context.getWorkflow().id}/${context.getNode().id}`;
}

function log({ logger }: IWebhookFunctions, message: string): void {
	logger.debug(`Palomma Trigger: ${message}`);
}

/**
 * What may be Palomma's all the same is for whoever runs n8n to see. But anybody can send such requests, so there is one
 * warning a minute for each trigger.
 */
function logRefused(context: IWebhookFunctions, message: string, advice?: string): void {
	const trigger = triggerOf(context);
	const isSilent = now() - (warnedAt.get(trigger) ?? -Infinity) < betweenWarnings;
	if (advice === undefined || isSilent) {
		log(context, message);
		return;
	}
	warnedAt.set(trigger, now());
	const { name } = context.getWorkflow();
	context.logger.warn([`Palomma Trigger: ${message}`, advice, `Workflow: ${name}`].join('. '));
}
