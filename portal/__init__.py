"""The building: front door, toolkit and ground floor of Kaiji."""
