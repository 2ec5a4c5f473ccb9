"""The participants' pages: small, made on the server, for phones; no Streamlit session."""
