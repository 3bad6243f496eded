import type { IDataObject } from 'n8n-workflow';

import type { Client, SentRequest } from '../transport/client';
import type { ChooseExisting } from './existing';
import type { CreateMessages } from './messages';
import type { ItemParameters } from './operation';

/** What creating an entry takes, for any resource. */
export interface NewEntry {
	/**
	 * @returns the body, in which other entries may still be named by their reference
	 * @throws ValueProblem
	 */
	read: (parameters: ItemParameters) => IDataObject;
	/** Called with all bodies that are about to be sent. */
	start: (bodies: IDataObject[], client: Client) => void;
	/**
	 * @returns the body as it is sent
	 * @throws ValueProblem if an entry that it names is not there; RequestFailure
	 */
	resolve: (body: IDataObject, client: Client) => Promise<IDataObject>;
	/**
	 * @param isOutcomeUnknown whether an earlier try may have sent it
	 * @throws ValueProblem if it must not be sent
	 */
	request: (body: IDataObject, isOutcomeUnknown?: boolean) => SentRequest;
	choose: ChooseExisting;
	messages: CreateMessages;
	movesMoney: boolean;
	/** Payments that are in doubt since then, in the milliseconds of now(), are not sent again: the start of the execution. */
	since: number;
}
