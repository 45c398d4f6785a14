-- What a repository would take in its backend without compression, if its restic says so.
alter table repository add uncompressed_size_bytes bigint;
