// Made from palomma.yaml by `npm run contract`. Do not edit.

export interface paths {
    "/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List customers, a page at a time */
        get: operations["listCustomers"];
        put?: never;
        /** Create a customer */
        post: operations["createCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one customer */
        get: operations["getCustomerById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description Kind of Colombian identity document: cc is a Cédula de Ciudadanía, ce a Cédula de Extranjería, nit the tax number of a company.
         * @enum {string}
         */
        DocumentType: "cc" | "ce" | "nit";
        NewCustomer: {
            /** @description First and last name of a person, or the name of a company. */
            name: string;
            documentType: components["schemas"]["DocumentType"];
            /** @description Number of the identity document. */
            documentNumber: string;
            /** @description E-mail address. */
            email: string;
            /** @description Phone number. */
            phoneNumber: string;
            /** @description The merchant's own ID for the customer. */
            reference?: string;
        };
        Customer: {
            /**
             * @description The ID that Palomma gave the customer.
             * @example 01HPR57X6QR5ZRKEEKBSDBW4RA
             */
            id?: string;
            /** @description The merchant's own ID for the customer. */
            reference?: string;
            /**
             * @description First and last name of a person, or the name of a company.
             * @example Pepito Perez
             */
            name?: string;
            documentType?: components["schemas"]["DocumentType"];
            /**
             * @description Number of the identity document.
             * @example 1037551022
             */
            documentNumber?: string;
            /**
             * @description E-mail address.
             * @example pepito@gmail.com
             */
            email?: string;
            /**
             * @description Phone number.
             * @example 3013111111
             */
            phoneNumber?: string;
            /**
             * Format: date-time
             * @description When the customer was created.
             */
            createdAt?: string;
            /**
             * Format: date-time
             * @description When the customer was last changed.
             */
            updatedAt?: string;
        };
        CustomerPage: {
            items: components["schemas"]["Customer"][];
            /** @description Where the next page starts; null on the last page. */
            cursor: string | null;
            /** @description Number of customers returned. */
            count?: number;
        };
        Problem: {
            /** @description What was wrong, in words. */
            message?: string;
        };
    };
    responses: {
        /** @description The request breaks the contract. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description The API key is missing or not known. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no customer with this ID. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description Palomma could not answer. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listCustomers: {
        parameters: {
            query?: {
                /** @description Only customers created with this reference. */
                reference?: string;
                /** @description How many customers a page holds at most. */
                limit?: number;
                /** @description Where to go on, as the page before gave it. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of customers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["InternalServerError"];
        };
    };
    createCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCustomer"];
            };
        };
        responses: {
            /** @description The customer, as created. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["InternalServerError"];
        };
    };
    getCustomerById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID that Palomma gave the customer. */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
        };
    };
}
