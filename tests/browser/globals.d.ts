/** vis-network, inlined before our script. */
declare const vis: any;
