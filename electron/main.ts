// The entry is written with its host.
