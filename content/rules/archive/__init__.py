"""The archive of 2015-2017: what its data files may hold, and how they are read and checked."""
